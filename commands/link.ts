import { z } from "zod";
import { anyone, roleNames, scopeName } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { welcome } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import { hashOfCode } from "../src/office/invitation.ts";

/** 绑定：a stranger becomes the person that an invitation names; a known person binds one more platform. */
export default welcome({
  name: "link",
  words: ["绑定"],
  help: { does: "用邀请码绑定身份", example: "绑定 ABCD2345" },
  who: anyone,
  args: z.object({ code: arg.text("邀请码", { maxLength: 20 }) }),

  async answer({ args: { code }, identity, person }, { store, office, now, today }) {
    if (person !== null && (await store.people.byIdentity(identity)) !== null) {
      return refuse("already-done", `您已绑定为“${person.name}”，不用重复绑定。`, ["今日"]);
    }
    const hash = hashOfCode(code);
    const invitation = await store.people.openInvitation(hash);
    if (invitation === null) {
      return (await store.people.usedInvitation(hash))
        ? refuse("bad-code", "这个邀请码已经用过。请向邀请您的人要一个新的。")
        : refuse("bad-code", "邀请码不对。请核对8位字母和数字，或向邀请您的人要一个新的。");
    }
    const at = now.epochMilliseconds;
    if (invitation.expiresAt <= at) return refuse("bad-code", "这个邀请码已过期。请向邀请您的人要一个新的。");
    const { name, role, regionId, departmentId } = invitation;
    const known = await store.people.byName(name);
    const joined = known ?? (await store.people.add({ name, role, regionId, departmentId, createdAt: at }));
    if (person !== null && person.id !== joined.id)
      return refuse("conflict", `您是“${person.name}”，这个邀请码是给“${name}”的。`);
    if (!(await store.people.bind(joined.id, identity, at)))
      return refuse("conflict", "这个账号已绑定他人，请联系市办。");
    await store.people.useInvitation(invitation.id, joined.id, at);
    return {
      title: `已绑定：${joined.name}`,
      tone: "good",
      subject: `person:${joined.id}`,
      blocks: [
        {
          kind: "facts",
          items: [
            { label: "角色", value: roleNames[joined.role] },
            { label: "范围", value: scopeName(joined, office, today) },
          ],
        },
        { kind: "text", text: "发送“今日”看等您办的事，发送“帮助”看能问什么。" },
      ],
      buttons: [
        { kind: "say", label: "今日", say: "今日" },
        { kind: "say", label: "帮助", say: "帮助" },
      ],
      facts: { person: joined.name, role: joined.role },
    };
  },
});
