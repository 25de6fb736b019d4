/** Regulators write; auditors read the same pages without the forms. */
import { useSession } from "../../api/session.ts";

export const useMayWrite = (): boolean => useSession().session?.role === "regulator";
