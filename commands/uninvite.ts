import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { mandateWords } from "../src/members/handover.ts";
import { invitationCalled } from "../src/members/invitations.ts";

/** 撤回邀请：a code that nobody has used yet is good for nothing from now on. */
export default change({
  name: "uninvite",
  words: ["撤回邀请", "取消邀请"],
  help: { does: "撤回还没使用的邀请", example: "撤回邀请 王联络" },
  who: only("撤回邀请", "office", "county-lead"),
  audience: "person",
  form: "撤回邀请",
  args: z.object({ said: arg.text("姓名", { rest: true, maxLength: 60 }) }),

  async answer({ args: { said }, person }, context) {
    const invitation = await invitationCalled(said, (which) => `撤回邀请 ${which}`, person, context);
    if (isRefusal(invitation)) return invitation;
    await context.store.people.withdraw(invitation.id, context.now.epochMilliseconds);
    const { name, role, regionId, departmentId } = invitation;
    return {
      title: `已撤回邀请：${name}（${mandateWords(invitation, context)}）`,
      tone: "good",
      subject: `invitation:${name}`,
      audit: { invitation: invitation.id, name, role, regionId, departmentId },
      blocks: [{ kind: "text", text: "邀请码已作废。需要时请重新邀请。" }],
      facts: { name, role },
    };
  },
});
