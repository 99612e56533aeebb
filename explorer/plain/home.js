// What the front page does beyond reading: suggestions while one types, and the address behind a
// proxy's prefix, which the server does not know.

const form = document.querySelector("form[role=search]");
const input = form.elements.q;
const hits = document.getElementById("hits");
let asked = null;

for (const place of document.querySelectorAll("[data-base]")) {
  place.textContent = new URL("./", document.baseURI).href;
}

function fold(text) {
  return text.toLowerCase().replace(/[^\p{L}\p{N}+#]/gu, "");
}

async function suggest(text) {
  asked?.abort();
  asked = new AbortController();
  const response = await fetch("graphql", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: form.dataset.query, variables: { text, key: fold(text) } }),
    signal: asked.signal,
  });
  const { data } = await response.json();
  return data;
}

function found(data) {
  const lists = [data.technologies, data.companies, data.roles, data.skillAreas, data.aliases];
  const all = lists.flatMap((list) => list?.nodes ?? []).map((node) => ({ ...(node.entity ?? node), alias: node.text }));
  const named = all.filter((hit) => hit.slug && hit.name);
  const key = (hit) => `${hit.__typename} ${hit.slug}`;
  return named.filter((hit, index) => named.findIndex((other) => key(other) === key(hit)) === index);
}

const KINDS = { Language: "Technology", Framework: "Technology", Tool: "Technology" };

function item(hit) {
  const template = document.querySelector(`[data-opens="${KINDS[hit.__typename] ?? hit.__typename}"]`);
  if (!template) return [];
  const link = document.createElement("a");
  link.href = template.href.replaceAll("SLUG", encodeURIComponent(hit.slug));
  link.textContent = hit.name;
  const kind = document.createElement("small");
  kind.textContent = ` ${hit.__typename}${hit.alias ? `, also “${hit.alias}”` : ""}`;
  const line = document.createElement("li");
  line.append(link, kind);
  return [line];
}

function say(text) {
  const line = document.createElement("p");
  line.textContent = text;
  hits.replaceChildren(line);
}

async function update() {
  const text = input.value.trim();
  if (!text) return hits.replaceChildren();
  try {
    const list = document.createElement("ul");
    list.append(...found(await suggest(text)).flatMap(item));
    if (list.children.length > 0) hits.replaceChildren(list);
    else say(`Nothing has a name that begins with “${text}”.`);
  } catch (error) {
    if (error.name !== "AbortError") say("The search does not work at the moment. Try again in a little while.");
  }
}

let waiting;
input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(update, 120);
});

addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select");
  if ((event.key === "/" && !typing) || (event.key === "k" && (event.ctrlKey || event.metaKey))) {
    event.preventDefault();
    input.focus();
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = [input, ...hits.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  links[Math.min(links.length - 1, Math.max(0, at + (event.key === "ArrowDown" ? 1 : -1)))].focus();
});
