/** What the figures of the liability report take for granted, said beside them: an auditor decides whether it holds. */
export const ASSUMPTIONS = [
  {
    code: "owed",
    en: "Owed is what customers hold, and what is held for redemptions under way. Points of the merchant's own side of the exchange are owed to nobody until they are swapped out; the collateral covers them all the same.",
    zh: "积分负债为客户持有的积分与兑换中冻结的积分之和。商户自有兑换池内的积分在被换出之前不对任何人构成负债，但仍计入应缴保证金。",
  },
  {
    code: "face",
    en: "Face value is points divided by the points a yuan that the merchant published for good; amounts are in fen, rounded down.",
    zh: "面值为积分数除以商户公布且不可更改的“每元积分数”，以分为单位，向下取整。",
  },
  {
    code: "accept",
    en: "Accept value is what the exchange would pay for the points at the accept price in force; reserves and daily limits are not considered.",
    zh: "收入价估值为按现行收入价由兑换池收入这些积分所付的联盟积分，不考虑储备与每日限额。",
  },
  {
    code: "rate",
    en: "The breakage rate is, over the last eight complete epochs at most, what expired divided by what customers got: issued to them and not reversed, and bought from the exchange. Points count to the epoch they were issued for.",
    zh: "过期率取最近至多八个已全部到期的批次：到期积分除以客户取得的积分（已发行且未撤销的，以及从兑换池换得的），均按积分所属批次归集。",
  },
  {
    code: "expected",
    en: "Of each lot that is still live the same part of what customers once got is expected to expire, at most what is left of it. Everything held for a redemption counts as used.",
    zh: "对每个尚未到期的批次，预计按同一比例的取得积分到期，且不超过其剩余积分。兑换中冻结的积分全部视为将被使用。",
  },
  {
    code: "again",
    en: "Reinstated points count as issued anew; what they replace stays expired. No discounting, no growth, no season is assumed.",
    zh: "补发的积分视为新发行，被补发的原积分仍计为到期。不作折现，不假设增长或季节性。",
  },
] as const;
