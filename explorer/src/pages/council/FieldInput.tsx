/** The control for one field of an action: who and what there is can be chosen by name, the rest is typed in people's units. */
import { useQuery } from "@tanstack/react-query";
import { Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import {
  listMembersOptions,
  listMerchantsOptions,
  listPointsOptions,
  listRolesOptions,
} from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { CatalogueField } from "./field-values.ts";

/** What antd's Form.Item hands down. */
interface Controlled {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (value: unknown) => void;
}

type Props = Controlled & { readonly field: CatalogueField };

const ALL = { query: { limit: 200 } };

export function FieldInput({ field, ...control }: Props) {
  const { t } = useTranslation("council");
  const { name, kind } = field;
  if (name === "memberId") return <MemberSelect {...control} />;
  if (name === "merchantId") return <MerchantSelect {...control} />;
  if (name === "token") return <TokenSelect {...control} />;
  if (kind === "role") return <RoleSelect {...control} />;
  if (kind === "flag")
    return (
      <Select
        {...control}
        options={(["true", "false"] as const).map((value) => ({ value, label: t(`field.flag.${value}`) }))}
      />
    );
  const unit =
    kind === "alp" || kind === "price" || kind === "shares" || kind === "bps" || kind === "seconds"
      ? t(`field.unit.${kind}`)
      : undefined;
  const isHex = kind === "address" || kind === "hash";
  return (
    <Input
      {...control}
      suffix={unit}
      inputMode={unit === undefined ? undefined : "decimal"}
      placeholder={isHex ? "0x…" : undefined}
      autoComplete="off"
      spellCheck={false}
    />
  );
}

const SEARCHABLE = { showSearch: { optionFilterProp: "label" } } as const;

function MemberSelect(control: Controlled) {
  const { data, isPending } = useQuery({ ...listMembersOptions(ALL), meta: { live: false } });
  const options = data?.items.map(({ id, name }) => ({ value: String(id), label: `${id} · ${name}` })) ?? [];
  return <Select {...control} {...SEARCHABLE} loading={isPending} options={options} />;
}

function MerchantSelect(control: Controlled) {
  const { t } = useTranslation("council");
  const { data, isPending } = useQuery({ ...listMerchantsOptions(ALL), meta: { live: false } });
  const options =
    data?.items.map(({ id, legalName, status }) => ({
      value: String(id),
      label: `${id} · ${legalName}${status === "applied" ? ` · ${t("field.applied")}` : ""}`,
    })) ?? [];
  return <Select {...control} {...SEARCHABLE} loading={isPending} options={options} />;
}

function TokenSelect(control: Controlled) {
  const { data, isPending } = useQuery({ ...listPointsOptions(ALL), meta: { live: false } });
  const options = data?.items.map(({ token, name, symbol }) => ({ value: token, label: `${name} (${symbol})` })) ?? [];
  return <Select {...control} {...SEARCHABLE} loading={isPending} options={options} />;
}

function RoleSelect(control: Controlled) {
  const { data, isPending } = useQuery({ ...listRolesOptions(), meta: { live: false } });
  const options = data?.items.map(({ name }) => ({ value: name, label: name })) ?? [];
  return <Select {...control} {...SEARCHABLE} loading={isPending} options={options} />;
}
