import { z } from "zod";
import { everybody } from "../src/chat/access.ts";
import { change } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import { shortTime } from "../src/chat/wording.ts";
import { accountInUse } from "../src/office/code-makers.ts";
import { ACCOUNT_MINUTES, invite } from "../src/office/invitation.ts";

/** 绑定新账号：from an account of their own a member gets a code for one more. Nobody else can make one for them. */
export default change({
  name: "account",
  words: ["绑定新账号", "加绑账号"],
  help: { does: "给自己再绑定一个账号，如另一个平台的", example: "绑定新账号" },
  who: everybody,
  audience: "person",
  secret: "绑定码",
  args: z.object({}),

  async answer({ person, identity }, { store, office, now, demo }) {
    // In a demonstration whoever sits before the console is whom they choose; elsewhere only an account makes the person.
    const holder = await store.people.byIdentity(identity);
    if (holder?.id !== person.id && !demo)
      return refuse("forbidden", "请从您已绑定的账号发送“绑定新账号”，这里不能代您办理。");
    const from = await accountInUse(identity, { store, now });
    const open = await store.people.openInvitations(now.epochMilliseconds);
    const { name, role, regionId, departmentId, enterpriseId } = person;
    const expires = now.add({ minutes: ACCOUNT_MINUTES });
    const { code, invitation } = await invite(
      store,
      {
        ...{ name, role, regionId, departmentId, enterpriseId },
        ...{ personId: person.id, createdBy: person.id, createdFrom: from?.id ?? null },
      },
      { now, expires, replaces: open.filter((i) => i.personId === person.id && i.createdBy === person.id) },
    );
    const { platform, workspace, userKey } = identity;
    return {
      // Without the code: a title stands in previews of messages, and is what is kept of an answer.
      title: "绑定新账号",
      tone: "good",
      subject: `person:${person.id}`,
      audit: {
        invitation: invitation.id,
        account: { platform, workspace, userKey },
        expiresAt: expires.toString(),
      },
      blocks: [
        {
          kind: "facts",
          items: [
            { label: "身份", value: name },
            { label: "绑定码", value: code },
            {
              label: "有效期",
              value: `${ACCOUNT_MINUTES}分钟，至${shortTime(office.local(expires))}，用一次即失效`,
            },
          ],
        },
        { kind: "text", text: `请用新账号与机器人私聊，发送：绑定 ${code}` },
        {
          kind: "text",
          text: "不要告诉别人：谁用了它，谁就能以您的名义办理。绑定后您原有的账号都会收到通知。",
        },
      ],
      facts: { code, name, expiresAt: expires.toString() },
    };
  },
});
