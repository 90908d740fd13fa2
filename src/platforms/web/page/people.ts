import { html } from "lit-html";
import { draw, state } from "./state.ts";

/** The demonstration's people, grouped by role and found by typing: 海安, 联络员, 市办. */
export function peopleSearch(choose: (id: number | null) => void) {
  let words: readonly string[] = [];
  const found = () =>
    (state.session?.people ?? []).filter(({ name, role, scope }) =>
      words.every((word) => `${name} ${role} ${scope}`.includes(word)),
    );
  const search = (event: InputEvent) => {
    words = (event.currentTarget as HTMLInputElement).value.trim().split(/\s+/);
    draw();
  };
  const takeFirst = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const [first] = found();
    if (first) choose(first.id);
  };
  return () => {
    const { people = [], persona } = state.session ?? {};
    const groups = Map.groupBy(found(), ({ role }) => role);
    const single = (role: string) => people.filter((person) => person.role === role).length === 1;
    return html`
      <div class="people">
        <input type="search" class="input people-search" placeholder="输入姓名、县区或部门"
          aria-label="查找身份" enterkeyhint="go" @input=${search} @keydown=${takeFirst}>
        <div class="people-list">
          ${[...groups].map(
            ([role, members]) => html`
              <section aria-label=${role} ?data-single=${single(role)}>
                <h3 class="people-role">${role}</h3>
                <div class="people-grid">
                  ${members.map(
                    ({ id, name, scope }) => html`
                      <button type="button" class="person" aria-pressed=${id === persona?.id} @click=${() => choose(id)}>
                        <span class="person-name">${name}</span><span class="person-scope">${scope}</span>
                      </button>
                    `,
                  )}
                </div>
              </section>
            `,
          )}
          <p class="people-none" ?hidden=${groups.size > 0}>没有找到，换个词试试。</p>
          <button type="button" class="person person-stranger" @click=${() => choose(null)}>以未绑定的访客身份查看</button>
        </div>
      </div>
    `;
  };
}
