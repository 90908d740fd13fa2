import { html, nothing } from "lit-html";
import type { Session } from "../console.ts";
import { prefill } from "./composer.ts";
import { peopleSearch } from "./people.ts";
import { choosePersona } from "./session.ts";
import { state } from "./state.ts";
import { tab } from "./tab.ts";

const people = peopleSearch(choosePersona);

/** What stands where no message is yet: choose who to be, how to link, or what to ask. */
export function welcomeScreen() {
  const { session } = state;
  if (!session) return nothing;
  if (session.persona) return greeting(session);
  return session.demo && tab.persona() === null ? choice() : stranger();
}

/** What a newcomer tries first, as far as they may. */
const firstSteps = ["today", "county", "city", "ranking", "assign", "lagging", "report", "issues", "help"];

function greeting({ persona, commands }: Session) {
  const steps = firstSteps.flatMap((name) => commands.filter((command) => command.name === name));
  return html`
    <section class="welcome">
      <h2>您好，${persona?.name}</h2>
      <p>直接说要看什么，或点下面的常用语；到时的通报和提醒会自己出现在这里。</p>
      <div class="hints">
        ${steps.map(
          ({ does, example }) => html`
            <button type="button" class="hint" @click=${() => prefill(example)}>
              <span class="hint-does">${does}</span><span class="hint-example">${example}</span>
            </button>
          `,
        )}
      </div>
    </section>
  `;
}

const choice = () => html`
  <section class="welcome">
    <h2>先选一个身份</h2>
    <p>这里是演示环境：不同身份看到的县区、任务和按钮不同，随时可在右上角更换。</p>
    ${people()}
  </section>
`;

const stranger = () => html`
  <section class="welcome welcome-stranger">
    <img src="/assets/mark.svg" alt="" width="56" height="56">
    <h2>您还没有绑定身份</h2>
    <ol>
      <li>向市联席会议办公室索取邀请码；</li>
      <li>在下方发送：<b>绑定 邀请码</b>。</li>
    </ol>
    <p>绑定以后，这个浏览器就能查询和接收通知，不用再登录。</p>
    <button type="button" class="button" data-style="primary" @click=${() => prefill("绑定 ")}>填写邀请码</button>
  </section>
`;
