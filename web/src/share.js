// Links to a question, and commands that ask it. None of them holds a key.

/** The fragment of a link: never sent to a server, never more than query and variables. */
export function toFragment({ query, variables }) {
  const parameters = new URLSearchParams({ query });
  if (variables?.trim()) parameters.set('variables', variables);
  return `#${parameters}`;
}

/** The question of a fragment; null if it holds none. */
export function fromFragment(fragment) {
  const parameters = new URLSearchParams(fragment.replace(/^#/, ''));
  if (!parameters.has('query')) return null;
  return { query: parameters.get('query'), variables: parameters.get('variables') ?? '' };
}

/** Variables as typed, parsed; `{}` if they are empty or not an object. */
export function readVariables(text) {
  try {
    const value = JSON.parse(text || '{}');
    return value && typeof value === 'object' && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

function body({ query, variables, operationName }) {
  const given = readVariables(variables);
  return {
    query,
    ...(Object.keys(given).length > 0 && { variables: given }),
    ...(operationName && { operationName }),
  };
}

const quote = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** A command for a shell; a key is read from `$API_KEY`. */
export function toCurl(url, question, withKey = false) {
  const lines = [`curl ${quote(url)}`, `-H 'content-type: application/json'`];
  if (withKey) lines.push('-H "authorization: Bearer $API_KEY"');
  lines.push(`--data-raw ${quote(JSON.stringify(body(question)))}`);
  return lines.join(' \\\n  ');
}

/** The same for JavaScript; a key is read from `API_KEY`. */
export function toFetch(url, question, withKey = false) {
  const key = withKey ? "\n    authorization: `Bearer ${API_KEY}`," : '';
  const sent = JSON.stringify(body(question), null, 2).replaceAll('\n', '\n  ');
  return `const response = await fetch(${JSON.stringify(url)}, {
  method: 'POST',
  headers: {
    accept: 'application/graphql-response+json, application/json;q=0.9',
    'content-type': 'application/json',${key}
  },
  body: JSON.stringify(${sent}),
});
const { data, errors } = await response.json();`;
}
