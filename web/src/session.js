// What the parts of the page share: the key, and the answers. Nothing of it is stored.

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

/** The tab that is open. */
export const openTab = cell('');

/**
 * The last answer of each tab:
 * `{ query, variables, operationName, body, status, milliseconds, bytes, failure }`. `failure` says
 * in words why there is no answer; `status` is null if nothing came at all.
 */
export const answers = cell({});

/** A function that keeps answers for the tab that is open now, whichever is when they come. */
export function keeper() {
  const tab = openTab.get();
  return (answer) => answers.set({ ...answers.get(), [tab]: answer });
}
