// The gateways that the tests put before the services. Each answers over HTTP, as clients see it.
import { createServer } from 'node:http';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { createGatewayRuntime } from '@graphql-hive/gateway';

const asker = (url) => async (query, variables) => {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  return response.json();
};

export const apollo = async (supergraphSdl) => {
  const seen = { plan: undefined, traces: [] };
  const gateway = new ApolloGateway({
    supergraphSdl,
    experimental_didResolveQueryPlan: ({ queryPlan }) => { seen.plan = queryPlan; },
  });
  // Asks services for traces, as the reporting of Apollo does.
  const tracing = {
    requestDidStart: async () => ({
      didResolveOperation: async ({ metrics }) => { metrics.captureTraces = true; },
      willSendResponse: async ({ metrics }) => { seen.traces.push(metrics.queryPlanTrace); },
    }),
  };
  const server = new ApolloServer({ gateway, plugins: [tracing] });
  const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
  return { ask: asker(url), seen, close: () => server.stop() };
};

export const hive = async (supergraph) => {
  const runtime = createGatewayRuntime({ supergraph, logging: false });
  const server = createServer(runtime);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await runtime[Symbol.asyncDispose]();
  };
  return { ask: asker(`http://127.0.0.1:${server.address().port}/graphql`), seen: {}, close };
};
