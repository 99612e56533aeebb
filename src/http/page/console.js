// The plain console: a query goes out, JSON comes back. No library, no build.

const EXAMPLES = [
  {
    title: "Who uses Redis, and how do we know?",
    query: `{
  technology(by: {slug: "redis"}) {
    name
    usages(first: 10, orderBy: [{field: CONFIDENCE, direction: DESC}]) {
      totalCount
      nodes {
        status
        scope
        adopter { __typename name }
        evidence(first: 1) { nodes { grade url source { name } } }
      }
    }
  }
}`,
  },
  {
    title: "The most used technologies",
    query: `query ($first: Int) {
  technologies(first: $first, orderBy: [{field: ADOPTER_COUNT, direction: DESC}, {field: NAME}]) {
    nodes { name kind adopterCount }
    pageInfo { hasNextPage endCursor }
  }
}`,
    variables: { first: 20 },
  },
  {
    title: "What does a backend developer need to know?",
    query: `{
  role(by: {slug: "backend-developer"}) {
    name
    summary
    tasks
    skillAreas { nodes { skillArea { name technologies(first: 5) { nodes { reason technology { name } } } } } }
    salaries { nodes { low high currency period year } }
  }
}`,
  },
  {
    title: "The stack of a company",
    query: `query ($slug: String!) {
  company(by: {slug: $slug}) {
    name
    stack {
      category { name }
      usages(first: 5) { nodes { status technology { name } } }
    }
  }
}`,
    variables: { slug: "netflix" },
  },
];

const [query, variables, run, status, result, examples] =
  ["query", "variables", "run", "status", "result", "examples"].map((id) => document.getElementById(id));
let running = null;

function fill(question) {
  query.value = question.query;
  variables.value = question.variables ? JSON.stringify(question.variables, null, 2) : "";
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
  if (!asked.has("query")) return fill(EXAMPLES[0]);
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

for (const example of EXAMPLES) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = example.title;
  button.addEventListener("click", () => { fill(example); ask(); });
  const item = document.createElement("li");
  item.append(button);
  examples.append(item);
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
