// Without the schema the editor is plainer; this says so, and why.
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { withoutSchema } from './failure.js';

/** A line above the others; nothing if the schema is there. */
export function SchemaNotice() {
  const missing = withoutSchema(useGraphiQL((state) => state.fetchError));
  const { introspect } = useGraphiQLActions();
  if (!missing) return null;
  return (
    <p className="atlas-notice" role="status">
      {missing.text} {!missing.off && <button type="button" onClick={introspect}>Try again</button>}
    </p>
  );
}
