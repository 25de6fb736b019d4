/** Search everywhere: an address, a hash, a block, a merchant, an order. */
import { useState } from "react";
import type { SubmitEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { searchUrl } from "../urls.ts";

export function SearchBox() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (text.trim() === "") return;
    void navigate(searchUrl(text.trim()));
    setText("");
  };
  return (
    <form role="search" className="search-box" onSubmit={submit}>
      <input
        type="search"
        name="q"
        value={text}
        maxLength={200}
        autoComplete="off"
        aria-label={t("shell.search.label")}
        placeholder={t("shell.search.placeholder")}
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  );
}
