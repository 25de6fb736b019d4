/** Makes a customer a member; who buys without having joined is one, too. */
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { joinMember } from "../../../../../../gateway/client/generated/sdk.gen.ts";
import { ProblemNote } from "../../../../parts/ProblemNote.tsx";
import { useOwnId } from "../own-id.ts";
import { useSave } from "../save.ts";

export function JoinButton({ account }: { account: string }) {
  const { t } = useTranslation("loyalty");
  const id = useOwnId();
  const save = useSave((body: { account: string }, headers) =>
    joinMember({ path: { id }, body, headers, throwOnError: true }),
  );
  return (
    <>
      <Button loading={save.isSaving} onClick={() => save.submit({ account })}>
        {t("members.join")}
      </Button>
      {save.error === undefined ? null : <ProblemNote error={save.error} />}
    </>
  );
}
