// How the explorer asks the service.
import { answer, key } from './session.js';

/** The API, whatever prefix a proxy puts before it. */
export const API = new URL('graphql', document.baseURI).href;

const MEDIA = 'application/graphql-response+json, application/json;q=0.9';

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

/** The price of a question, without running it. Half a question is no failure: hence plain JSON, and 200. */
export async function estimate(body, signal) {
  return (await post(body, 'estimate', { accept: 'application/json', signal })).json();
}

/** The example questions. */
export async function examples() {
  return (await fetch(new URL('questions.json', document.baseURI))).json();
}

/** GraphiQL's fetcher. */
export async function fetcher(body, options) {
  if (isSubscription(options?.documentAST, body.operationName)) return subscription(body);
  const introspects = body.operationName === 'IntrospectionQuery';
  const started = performance.now();
  const response = await reach(body);
  const text = await response.text();
  const milliseconds = performance.now() - started;
  const parsed = parse(text, response);
  if (!introspects) {
    const bytes = new TextEncoder().encode(text).length;
    answer.set({ ...body, body: parsed, status: response.status, milliseconds, bytes });
  }
  return parsed;
}

async function reach(body) {
  try {
    return await post(body, '1');
  } catch (error) {
    throw new Error(`The service cannot be reached (${error.message}). Is it running, and are you connected?`);
  }
}

function parse(text, response) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`Status ${response.status}: the answer is not JSON. Something between you and the service may have answered.`);
  }
}

function isSubscription(document, name) {
  const operations = (document?.definitions ?? []).filter((it) => it.kind === 'OperationDefinition');
  const chosen = operations.find((it) => it.name?.value === name) ?? operations[0];
  return chosen?.operation === 'subscription';
}

let client;

async function subscription(body) {
  const { createClient } = await import('graphql-ws');
  client ??= createClient({ url: API.replace(/^http/, 'ws'), connectionParams: authorization });
  return client.iterate(body);
}
