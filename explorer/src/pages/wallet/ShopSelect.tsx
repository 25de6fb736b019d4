/** Which merchant's points. */
import { Select } from "antd";
import { useId } from "react";
import type { Shop } from "./shops.ts";

interface Props {
  readonly label: string;
  readonly shops: readonly Shop[];
  readonly token: string | undefined;
  readonly onToken: (token: string) => void;
  /** Beside the name: how many there are, for example. */
  readonly note?: (shop: Shop) => string;
}

export function ShopSelect({ label, shops, token, onToken, note }: Props) {
  const id = useId();
  return (
    <div className="wallet-field">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        size="large"
        aria-label={label}
        showSearch={{ optionFilterProp: "label" }}
        value={token ?? null}
        onChange={(chosen: string) => onToken(chosen)}
        options={shops.map((shop) => ({
          value: shop.token,
          label: `${shop.pointName}${note === undefined ? "" : ` · ${note(shop)}`}`,
        }))}
      />
    </div>
  );
}
