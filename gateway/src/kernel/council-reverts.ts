/** Errors of the council and of OpenZeppelin's Governor below it: what happened and what to do, [English, 中文]. */
export const COUNCIL_REVERTS = {
  CouncilNotRepresentative: [
    "{account} represents no member. Sign with the key of a member's present representative.",
    "{account} 不是任何联盟方的代表。请使用联盟方现任代表的密钥签名。",
  ],
  CouncilMemberNotActive: [
    "Member {memberId} is suspended, so it can neither propose nor vote. The council can reinstate it.",
    "联盟方 {memberId} 已被暂停，不能提案或投票。可由理事会恢复其资格。",
  ],
  CouncilMemberHasNoVote: [
    "Member {memberId} was not active when proposal {proposalId} was made, so it has no vote on it.",
    "提案 {proposalId} 提出时联盟方 {memberId} 并非有效成员，对其没有投票权。",
  ],
  CouncilProposalTooLarge: [
    "The proposal has {actions} actions and {descriptionBytes} bytes of description; at most {actionsMax} and {bytesMax} are allowed. Split or shorten it.",
    "提案含 {actions} 个动作、{descriptionBytes} 字节说明，上限为 {actionsMax} 个与 {bytesMax} 字节。请拆分或缩短。",
  ],
  CouncilActionRepeated: [
    "Actions {first} and {second} of the proposal are the same call, of which only one can wait at a time. Remove one.",
    "提案的第 {first} 与第 {second} 个动作相同，同一调用只能排期一次。请删去其一。",
  ],
  CouncilSettingInvalid: [
    "The council's {setting} is {min} to {max}, not {value}. Propose a value within.",
    "理事会参数 {setting} 的范围是 {min} 至 {max}，{value} 超出范围。请提出范围内的数值。",
  ],
  PreviewNotFromCouncil: [
    "A preview runs as an eth_call from the council's own address, not from {caller}. Ask the gateway to simulate it.",
    "模拟须以理事会自身地址发起 eth_call，而非 {caller}。请通过网关进行模拟。",
  ],
  CouncilVetoOfOwnOffice: [
    "Proposal {proposalId} is about the regulator's own office only: the regulator may not veto it.",
    "提案 {proposalId} 仅涉及监管方自身职位，监管方不得否决。",
  ],
  GovernorAlreadyCastVote: [
    "The member of {voter} has voted on this proposal. A vote cannot be changed.",
    "{voter} 所代表的联盟方已就该提案投票，不能更改。",
  ],
  GovernorNonexistentProposal: ["There is no proposal {proposalId}.", "不存在提案 {proposalId}。"],
  GovernorUnexpectedProposalState: [
    "Proposal {proposalId} is {current}, which does not allow this. Read its state first.",
    "提案 {proposalId} 状态为 {current}，不允许此操作。请先查看其状态。",
  ],
  GovernorInvalidProposalLength: [
    "A proposal needs at least one action, each with a target, a value and its data ({targets}, {values} and {calldatas} were given).",
    "提案至少需要一个动作，且每个动作须有目标、金额与数据（实际分别为 {targets}、{values}、{calldatas} 个）。",
  ],
  GovernorInvalidSignature: [
    "The ballot is not signed by {voter}, or it was signed for another proposal, vote, chain or council. Ask the representative to sign again.",
    "选票不是 {voter} 所签，或其提案、投票、链或理事会不符。请代表重新签名。",
  ],
  GovernorInvalidVoteType: [
    "A vote is 0 (against), 1 (for) or 2 (abstain). Send one of them.",
    "投票只能为 0（反对）、1（赞成）或 2（弃权）。请更正。",
  ],
  GovernorInvalidVoteParams: ["A vote takes no further parameters. Leave them out.", "投票不接受附加参数，请去除。"],
  GovernorInvalidVotingPeriod: [
    "A voting period of {votingPeriod} s is not possible. Choose at least 1 s.",
    "投票期 {votingPeriod} 秒无效，至少应为 1 秒。",
  ],
  GovernorUnmetDelay: [
    "Proposal {proposalId} waits until {neededTimestamp} (unix seconds). Execute it then.",
    "提案 {proposalId} 的等待期至 {neededTimestamp}（unix 秒）。请届时执行。",
  ],
  GovernorMismatchedNonce: [
    "An operation of proposal {proposalId} was scheduled anew meanwhile ({actualNonce} instead of {expectedNonce}). Propose it again.",
    "提案 {proposalId} 的某项操作已被重新排期（现为 {actualNonce}，应为 {expectedNonce}）。请重新提案。",
  ],
  GovernorAlreadyQueuedProposal: ["Proposal {proposalId} is queued already.", "提案 {proposalId} 已排期。"],
  GovernorProposalQueueingNotRequired: [
    "Proposal {proposalId} needs no queuing: execute it.",
    "提案 {proposalId} 无需排期，可直接执行。",
  ],
  GovernorProposalQueueingFailed: [
    "Proposal {proposalId} cannot be queued. Check that its actions ask for roles that the council holds.",
    "提案 {proposalId} 无法排期。请确认其动作所需角色由理事会持有。",
  ],
  GovernorUnableToCancel: [
    "{account} may not cancel proposal {proposalId}: its proposer may while it is pending, the regulator until it is executed.",
    "{account} 不能取消提案 {proposalId}：提案人仅可在待投票时取消，监管方可在执行前否决。",
  ],
  GovernorOnlyExecutor: [
    "Only the council itself may do this, by a proposal; {account} may not.",
    "仅理事会可通过提案执行此操作，{account} 无权。",
  ],
  GovernorRestrictedProposer: [
    "The description names another proposer than {proposer}. Sign with that one's key.",
    "提案说明指定了 {proposer} 以外的提案人。请使用该提案人的密钥。",
  ],
  GovernorInsufficientProposerVotes: [
    "{proposer} has {votes} votes; {threshold} are needed to propose. A member can propose from the second after it was admitted.",
    "{proposer} 拥有 {votes} 票，提案需要 {threshold} 票。联盟方自加入的下一秒起可提案。",
  ],
  GovernorDisabledDeposit: [
    "The council takes no deposits of this kind. Send alliance tokens to its address instead.",
    "理事会不接受此类转入。请将联盟积分转入其地址。",
  ],
  GovernorLockedIgnore: [
    "The access manager may not be ignored for its own functions. Leave this action out.",
    "不能对访问管理合约自身忽略权限检查。请去除该动作。",
  ],
  GovernorAlreadyInitializedLatestProposalId: ["The council counts proposals already.", "理事会的提案编号已初始化。"],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;
