import { z } from "zod";
import { buttonsOf } from "../chat/action.ts";
import { arg } from "../chat/args.ts";
import { REVOCATIONS } from "../domain/enterprises/exemption.ts";

const text = (label: string) => arg.longtext(label, { maxLength: 300 });

export const REFUSE_EXEMPTION = z.object({ text: text("不同意的理由") });
export const REVOKE_EXEMPTION = z.object({
  why: arg.choice("原因", Object.fromEntries(REVOCATIONS.map((word) => [word, word]))),
  text: text("查实的情况"),
});
const none = z.object({});

export const agreeExemptionButton = buttonsOf("exemption.agree", none);
export const refuseExemptionButton = buttonsOf("exemption.refuse", REFUSE_EXEMPTION);
export const revokeExemptionButton = buttonsOf("exemption.revoke", REVOKE_EXEMPTION);
export const agreeBatchButton = buttonsOf("exemption.agree-batch", none);
