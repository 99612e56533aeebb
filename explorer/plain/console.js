// The plain console: a query goes out, JSON comes back. No library, no build.

const [query, variables, key, run, status, result, examples] =
  ["query", "variables", "key", "run", "status", "result", "examples"].map((id) => document.getElementById(id));
let running = null;

function fill(question) {
  query.value = question.query;
  variables.value = question.variables;
}

function say(text, wrong = false) {
  status.textContent = text;
  status.classList.toggle("wrong", wrong);
}

// A question in the address can be shared; the part after # is never sent to a server.
function remember() {
  const asked = new URLSearchParams({ query: query.value });
  if (variables.value.trim()) asked.set("variables", variables.value);
  history.replaceState(null, "", `#${asked}`);
}

function recall() {
  const asked = new URLSearchParams(location.hash.slice(1));
  if (!asked.has("query")) return;
  query.value = asked.get("query");
  variables.value = asked.get("variables") ?? "";
}

function readVariables() {
  const text = variables.value.trim();
  const value = text ? JSON.parse(text) : {};
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Error("not an object");
  return value;
}

async function send(body, signal) {
  const started = performance.now();
  const response = await fetch("graphql", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json;q=0.9",
      ...(key.value && { authorization: `Bearer ${key.value}` }),
    },
    body: JSON.stringify(body),
    signal,
  });
  const text = await response.text();
  const milliseconds = Math.round(performance.now() - started);
  return { response, text, milliseconds };
}

function show({ response, text, milliseconds }) {
  let failed = !response.ok;
  try {
    const answer = JSON.parse(text);
    failed ||= Boolean(answer.errors);
    result.textContent = JSON.stringify(answer, null, 2);
  } catch {
    failed = true;
    result.textContent = text;
  }
  const kilobytes = (new Blob([text]).size / 1000).toFixed(1);
  const verdict = failed ? "with errors" : "no errors";
  say(`Status ${response.status}, ${verdict}, ${milliseconds} ms, ${kilobytes} kB`, failed);
}

async function ask() {
  running?.abort();
  let values;
  try {
    values = readVariables();
  } catch (error) {
    say(`The variables are not a JSON object: ${error.message}`, true);
    return variables.focus();
  }
  const mine = (running = new AbortController());
  run.setAttribute("aria-busy", "true");
  say("Running …");
  try {
    show(await send({ query: query.value, variables: values }, mine.signal));
    remember();
  } catch (error) {
    if (!mine.signal.aborted) say(`The service cannot be reached: ${error.message}`, true);
  }
  if (mine === running) run.removeAttribute("aria-busy");
}

async function offer() {
  const questions = await (await fetch("questions.json")).json();
  for (const question of questions) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = question.title;
    button.addEventListener("click", () => { fill(question); ask(); });
    const item = document.createElement("li");
    item.append(button);
    examples.append(item);
  }
  if (!query.value) fill(questions[0]);
}

run.addEventListener("click", ask);
addEventListener("hashchange", recall);
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    ask();
  }
});
recall();
offer().catch((error) => say(`The examples cannot be loaded: ${error.message}`, true));
