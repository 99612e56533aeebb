// What to say when no answer comes, or none of GraphQL. It takes the form of an answer, so that
// every view can show it.

/** Seconds to wait for an answer. The service itself gives up much sooner. */
export const PATIENCE = 60;

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

const failed = (message) => ({ failure: message, body: { errors: [{ message }] } });

/** Nothing came. */
export function noAnswer(error) {
  if (error.name === 'TimeoutError') {
    return failed(`No answer came within ${PATIENCE} seconds. The service is overloaded, or something between you and it does not let it through. Try again, or ask for less.`);
  }
  return failed(`The service cannot be reached (${error.message}). Is it running, and are you connected? Your question is kept: run it again then.`);
}

/** The answer in a text, `{ body }`; with a `failure` if it is none of GraphQL. */
export function readAnswer(text, status, media) {
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    return failed(`${told(text, status, media)}, which is not JSON. ${elsewhere(status)}`);
  }
  if (isObject(body) && ('data' in body || 'errors' in body)) return { body };
  return failed(`${told(text, status, media)}, which is JSON but no answer of GraphQL. ${elsewhere(status)}`);
}

/** The status, what came, and the title of a page. */
function told(text, status, media) {
  const title = /<title>\s*([^<]{1,80}?)\s*<\/title>/i.exec(text)?.[1];
  return `The answer has status ${status} and is ${media?.split(';')[0] || 'of no type'}${title ? ` (“${title}”)` : ''}`;
}

function elsewhere(status) {
  return status >= 500
    ? 'A proxy before the service seems to answer in its place: the service may be down. Try again in a little while.'
    : 'Something between you and the service seems to answer in its place, such as a proxy or a sign-in page.';
}

/** Why there are no docs and no completion; null if there are. `fetchError` is GraphiQL's, JSON as a rule. */
export function withoutSchema(fetchError) {
  if (!fetchError) return null;
  const missing = 'Docs, completion, the query builder and colours by type are missing';
  let error;
  try {
    [error] = JSON.parse(fetchError).errors;
  } catch {
    error = { message: fetchError };
  }
  return error?.extensions?.code === 'INTROSPECTION_OFF'
    ? { off: true, text: `This service keeps its schema to itself. ${missing}; questions run all the same.` }
    : { off: false, text: `The schema could not be read. ${missing}. ${error?.message ?? ''}`.trim() };
}
