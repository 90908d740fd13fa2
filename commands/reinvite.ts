import { z } from "zod";
import { only, scopeOf } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { holdsRole } from "../src/domain/posts.ts";
import { mandateWords } from "../src/members/handover.ts";
import { invitationCalled } from "../src/members/invitations.ts";
import { DECIDING } from "../src/members/joined.ts";
import { readMandate } from "../src/members/said.ts";

/** 更正邀请：another role or scope for somebody who hasn't used their code yet; the code stays good. */
export default change({
  name: "reinvite",
  words: ["更正邀请", "修改邀请"],
  help: { does: "更正还没使用的邀请的职务", example: "更正邀请 王联络 {other county}联络员" },
  who: only("更正邀请", "office", "county-lead"),
  audience: "person",
  form: "更正邀请",
  args: z.object({
    said: arg.text("姓名和新职务", { rest: true, maxLength: 80, hint: "例如“王联络 {other county}联络员”" }),
  }),

  async answer({ args: { said }, person }, context) {
    const { store, office, today } = context;
    const [name = "", ...rest] = said.trim().split(/[\s，,]+/);
    const mandate = readMandate(rest.join(" "), context);
    if (isRefusal(mandate)) return mandate;
    const invitation = await invitationCalled(name, () => `撤回邀请 ${name}`, person, context);
    if (isRefusal(invitation)) return invitation;
    const before = mandateWords(invitation, context);
    const after = mandateWords(mandate, context);
    if (before === after) return refuse("already-done", `给“${name}”的邀请已是${after}，不用更正。`);
    if ([mandate, invitation].some(({ role }) => DECIDING.includes(role)))
      return refuse("conflict", "市办、督查、市领导的邀请不能更正，请撤回后重新邀请。", [`撤回邀请 ${name}`]);
    if (invitation.personId !== null)
      return refuse("conflict", `“${name}”曾是成员，邀请恢复原身份；恢复后请办理调岗。`);
    const own = scopeOf(person, office, today) ?? [];
    const isOwn = own.includes(mandate.regionId ?? "") && mandate.role !== "county-lead";
    if (!holdsRole(person, "office") && !isOwn)
      return refuse("forbidden", "您只能邀请本县（市、区）的联络员和点位长，其他成员请市办邀请。");
    const { role, regionId, departmentId } = mandate;
    if (!(await store.people.correct(invitation.id, { role, regionId, departmentId })))
      return refuse("already-done", `“${name}”刚用了邀请码，请办理调岗。`, [`人员 “${name}”`]);
    return {
      title: `已更正邀请：${invitation.name} ${after}`,
      tone: "good",
      subject: `invitation:${invitation.name}`,
      audit: {
        invitation: invitation.id,
        before: {
          role: invitation.role,
          regionId: invitation.regionId,
          departmentId: invitation.departmentId,
        },
        after: { role, regionId, departmentId },
      },
      blocks: [{ kind: "text", text: `原为${before}。邀请码不变，有效期不变。` }],
      facts: { name: invitation.name, role },
    };
  },
});
