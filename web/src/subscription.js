// Subscriptions, by the protocol graphql-transport-ws.

/** Whether the operation that is asked for goes on telling. */
export function isSubscription(document, name) {
  const operations = (document?.definitions ?? []).filter((it) => it.kind === 'OperationDefinition');
  const chosen = operations.find((it) => it.name?.value === name) ?? operations[0];
  return chosen?.operation === 'subscription';
}

let client;

/** The events, one after the other; each is handed to `keep` as well. */
export async function subscribe(url, connectionParams, body, keep) {
  const { createClient } = await import('graphql-ws');
  // What was missed while a connection is made anew would be missed silently: the reader decides.
  client ??= createClient({ url, connectionParams, retryAttempts: 0 });
  return told(client.iterate(body), body, keep);
}

/** Not a generator: stopping one would wait for the next event. */
function told(events, body, keep) {
  const started = performance.now();
  const seen = (result, more) => {
    const bytes = JSON.stringify(result).length;
    keep({ ...body, body: result, status: 200, milliseconds: performance.now() - started, bytes, ...more });
    return { value: result, done: false };
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      try {
        const step = await events.next();
        return step.done ? step : seen(step.value);
      } catch (error) {
        if (Array.isArray(error)) return seen({ errors: error });
        const failure = lost(error);
        return seen({ errors: [{ message: failure }] }, { failure, status: null });
      }
    },
    return: () => events.return(),
  };
}

/** What ended the events: an error of the page, or the closing of the connection. */
function lost(error) {
  if (error instanceof Error) return error.message;
  const why = [error.code, error.reason].filter(Boolean).join(', ');
  return `The connection for events was closed${why ? ` (${why})` : ''}. Does this service offer subscriptions?`;
}
