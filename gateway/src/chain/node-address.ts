/** The address of a node as it is dialled, and as it may be shown: credentials and paths (often keys) are cut. */

export interface NodeAddress {
  /** Without credentials: neither `fetch` nor `WebSocket` takes them in an address. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Protocol, host and port: what logs and health pages say. */
  readonly label: string;
}

export function parseNodeAddress(text: string): NodeAddress {
  const url = new URL(text);
  const { username, password } = url;
  url.username = "";
  url.password = "";
  const basic = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64");
  return {
    url: url.href,
    headers: username === "" && password === "" ? {} : { authorization: `Basic ${basic}` },
    label: `${url.protocol}//${url.host}`,
  };
}
