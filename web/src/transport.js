// How the explorer asks the service.
import { noAnswer, PATIENCE, readAnswer } from './failure.js';
import { keeper, key } from './session.js';
import { isSubscription, subscribe } from './subscription.js';

/** The API, whatever prefix a proxy puts before it. */
export const API = new URL('graphql', document.baseURI).href;

const MEDIA = 'application/graphql-response+json, application/json;q=0.9';
/** Answers 200 to what is refused: to half a question, or about a schema that is kept secret. */
const LENIENT = 'application/json';

function authorization() {
  const value = key.get();
  return value ? { authorization: `Bearer ${value}` } : {};
}

function post(body, explain, { accept = MEDIA, signal } = {}) {
  return fetch(API, {
    method: 'POST',
    headers: { accept, 'content-type': 'application/json', 'x-stack-atlas-explain': explain, ...authorization() },
    body: JSON.stringify(body),
    signal,
  });
}

/** The price of a question, without running it. */
export async function estimate(body, signal) {
  return (await post(body, 'estimate', { accept: LENIENT, signal })).json();
}

/** The example questions. */
export async function examples() {
  const response = await fetch(new URL('questions.json', document.baseURI));
  if (!response.ok) throw new Error(`Status ${response.status}`);
  return response.json();
}

/** GraphiQL's fetcher. It never fails: what goes wrong is told in the form of an answer. */
export async function fetcher(body, options) {
  const keep = keeper();
  if (isSubscription(options?.documentAST, body.operationName)) {
    return subscribe(API.replace(/^http/, 'ws'), authorization, body, keep);
  }
  if (body.operationName === 'IntrospectionQuery') return (await ask(body, LENIENT)).body;
  const answer = await ask(body, MEDIA);
  keep({ ...body, ...answer });
  return answer.body;
}

async function ask(body, accept) {
  const started = performance.now();
  const took = () => performance.now() - started;
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(new DOMException('too late', 'TimeoutError')), PATIENCE * 1000);
  try {
    const response = await post(body, '1', { accept, signal: patience.signal });
    const text = await response.text();
    const bytes = new TextEncoder().encode(text).length;
    const read = readAnswer(text, response.status, response.headers.get('content-type'));
    return { ...read, status: response.status, milliseconds: took(), bytes };
  } catch (error) {
    return { ...noAnswer(error), status: null, milliseconds: took(), bytes: 0 };
  } finally {
    clearTimeout(timer);
  }
}
