/** A QR code, black on white in both themes: that is what scanners read best. */
import { QRCode } from "antd";

interface Props {
  /** What it holds. */
  readonly value: string;
  /** For who can not see it. */
  readonly label: string;
}

const SIDE_PIXELS = 232;

export function CodePicture({ value, label }: Props) {
  return (
    <div className="wallet-code-frame" role="img" aria-label={label}>
      <div aria-hidden="true">
        <QRCode value={value} size={SIDE_PIXELS} bordered={false} color="#000000" bgColor="#ffffff" type="svg" />
      </div>
    </div>
  );
}
