/** A call or a log in the words of its contract: each value by name and type, whole and exact. */
import { useTranslation } from "react-i18next";
import type { DecodedCall } from "../../../../gateway/client/generated/types.gen.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

export function DecodedFields({ call }: { readonly call: NonNullable<DecodedCall> }) {
  const { t } = useTranslation("chain");
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={call.signature}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t("transaction.field")}</th>
            <th scope="col">{t("transaction.type")}</th>
            <th scope="col">{t("transaction.value")}</th>
          </tr>
        </thead>
        <tbody>
          {call.values.map(({ name, type, value }, index) => (
            <tr key={`${index}`}>
              <th scope="row">{name === "" ? index : name}</th>
              <td>
                <code className="soft">{type}</code>
              </td>
              <td>
                {type === "address" && ADDRESS.test(value) ? (
                  <AddressLink address={value.toLowerCase()} />
                ) : (
                  <span className="hex wrap">{value}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
