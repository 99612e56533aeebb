import type { CodegenConfig } from '@graphql-codegen/cli'

const config: CodegenConfig = {
  // The schema as it is released; a running service has it at /schema.graphql.
  schema: '../../../schema.graphql',
  documents: 'src/*.ts',
  importExtension: '.js',
  generates: {
    'src/gql/': {
      preset: 'client',
      presetConfig: {
        fragmentMasking: { unmaskFunctionName: 'unmask' },
        // The manifest that `stack-atlas --trusted-documents` takes.
        persistedDocuments: { hashAlgorithm: 'sha256' },
      },
      config: {
        // Documents are text: the program needs no GraphQL library when it runs.
        documentMode: 'string',
        // A scalar that nobody has said anything about is a mistake, not `any`.
        strictScalars: true,
        scalars: { Date: 'string', DateTime: 'string' },
      },
    },
  },
}

export default config
