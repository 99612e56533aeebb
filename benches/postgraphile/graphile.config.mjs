import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { PostGraphileConnectionFilterPreset } from "postgraphile-plugin-connection-filter";
import { makePgService } from "postgraphile/adaptors/pg";

/** @type {GraphileConfig.Preset} */
export default {
  extends: [PostGraphileAmberPreset, PostGraphileConnectionFilterPreset],
  pgServices: [
    makePgService({
      connectionString:
        process.env.DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/stack_atlas_bench_200000",
    }),
  ],
  grafserv: { host: "127.0.0.1", port: 5678, graphiql: false },
};
