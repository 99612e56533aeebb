// The editor's colours, of which GraphiQL lets nobody choose: some are too faint for small letters on its own backgrounds.
import { MONACO_THEME_DATA } from '../node_modules/@graphiql/react/dist/constants.js';

const { light, dark } = MONACO_THEME_DATA;
light.rules.push({ token: 'number', foreground: '#05704a' });
dark.rules.push({ token: 'comment', foreground: '#84b070' });
dark.colors['editorLineNumber.foreground'] = '#9a9a9a';
