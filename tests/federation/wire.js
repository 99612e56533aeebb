// What goes over the wire: a proxy before each service writes down what the gateway asks.
import { createServer } from 'node:http';
import { graphql, parse } from 'graphql';

const body = async (request) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

const listen = async (answer) => {
  const server = createServer(async (request, response) => {
    try {
      const text = JSON.stringify(await answer(JSON.parse(await body(request)), request.headers));
      response.writeHead(200, { 'content-type': 'application/json' }).end(text);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.closeAllConnections() || server.close() };
};

/** What a request asks for, in short: its root fields, with the number of references. */
const shape = ({ query, variables }) => {
  const [operation] = parse(query).definitions.filter((definition) => definition.kind === 'OperationDefinition');
  const roots = operation.selectionSet.selections.map((field) => field.name.value);
  const references = Object.values(variables ?? {}).find((value) => Array.isArray(value) && value[0]?.__typename);
  return roots.map((root) => (root === '_entities' ? `_entities(${references.length})` : root)).join(' ');
};

export class Wire {
  log = [];
  #open = [];

  /** A service in this process. */
  service(name, schema) {
    return this.#add(name, ({ query, variables, operationName }) =>
      graphql({ schema, source: query, variableValues: variables, operationName }));
  }

  /** The service at `url`; what its answers cost it is written down, too. */
  proxy(name, url) {
    return this.#add(name, async (request, { 'apollo-federation-include-trace': trace }) => {
      const headers = { 'content-type': 'application/json', 'x-stack-atlas-explain': '1' };
      if (trace) headers['apollo-federation-include-trace'] = trace;
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(request) });
      const answer = await response.json();
      return { ...answer, statements: answer.extensions?.cost?.statements };
    });
  }

  async #add(name, answer) {
    const server = await listen(async (request, headers) => {
      const { statements, ...answered } = await answer(request, headers);
      const cost = statements === undefined ? '' : `, ${statements} SQL`;
      this.log.push(`${name}: ${shape(request)}${cost}`);
      return answered;
    });
    this.#open.push(server);
    return server.url;
  }

  /** What was asked since the last time; the order of what runs side by side is not defined. */
  take() {
    return this.log.splice(0).sort();
  }

  close() {
    for (const server of this.#open) server.close();
  }
}
