// What the parts of the page share: the key, and the last answer. Nothing of it is stored.

function cell(value) {
  const listeners = new Set();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The API key, in the memory of this page alone. */
export const key = cell('');

/** The last answer: `{ query, variables, operationName, body, status, milliseconds, bytes }`. */
export const answer = cell(null);
