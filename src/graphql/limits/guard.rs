//! The first gate: one pass over the bytes, before the library's parser sees them.
//!
//! It cuts the text into the same tokens as the parser's grammar does, so that no bracket can
//! hide in what only one of the two takes for a string or a comment. Where the grammar would try
//! again from an earlier place (a block string that never ends is read as an empty string and the
//! start of another, over and over) the guard refuses.

use super::{Limits, Refusal, refusal::within};

/// Checks bytes, tokens, names, brackets and strings of a GraphQL document that nothing has read
/// yet. Linear time, no recursion, no allocation unless it refuses.
///
/// A document that passes may still be wrong; the parser then says where.
///
/// # Errors
/// The first limit that is passed: `document_bytes`, `tokens`, `name_bytes` or `nesting`; or a
/// string that is not closed.
pub fn guard(document: &str, limits: &Limits) -> Result<(), Refusal> {
    within(
        document.len(),
        limits.document_bytes,
        Refusal::DocumentTooLarge,
    )?;
    let mut lexer = Lexer {
        rest: document.as_bytes(),
        length: document.len(),
    };
    let (mut tokens, mut nesting) = (0, 0_usize);
    while let Some(token) = lexer.next_token()? {
        tokens += 1;
        within(tokens, limits.tokens, Refusal::TooManyTokens)?;
        match token {
            Token::Open => nesting += 1,
            Token::Close => nesting = nesting.saturating_sub(1),
            Token::Name { at, bytes } => {
                within(bytes, limits.name_bytes, |excess| Refusal::NameTooLong {
                    at: at.into(),
                    excess,
                })?;
            }
            Token::Other => {}
        }
        within(nesting, limits.nesting, Refusal::NestedTooDeeply)?;
    }
    Ok(())
}

/// What the guard needs to know of a token.
enum Token {
    /// `(`, `[` or `{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
    /// A name or keyword that starts at byte `at`.
    Name { at: usize, bytes: usize },
    /// A string, a number, a punctuator, or a byte that no token starts with: the parser refuses
    /// the latter.
    Other,
}

/// Cuts tokens off the front of `rest`.
struct Lexer<'a> {
    rest: &'a [u8],
    length: usize,
}

const BLOCK_QUOTE: &[u8] = b"\"\"\"";
const ESCAPED_BLOCK_QUOTE: &[u8] = b"\\\"\"\"";
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

impl Lexer<'_> {
    fn next_token(&mut self) -> Result<Option<Token>, Refusal> {
        self.skip_ignored();
        let at = self.length - self.rest.len();
        let Some(&first) = self.rest.first() else {
            return Ok(None);
        };
        let token = match first {
            b'(' | b'[' | b'{' => self.punctuator(1, Token::Open),
            b')' | b']' | b'}' => self.punctuator(1, Token::Close),
            b'.' if self.rest.starts_with(b"...") => self.punctuator(3, Token::Other),
            b'"' => self.string(at)?,
            b'-' | b'0'..=b'9' => self.number(),
            _ if is_name_byte(first) => {
                let bytes = self.skip_while(is_name_byte);
                Token::Name { at, bytes }
            }
            _ => self.punctuator(1, Token::Other),
        };
        Ok(Some(token))
    }

    /// Skips white space, commas, byte order marks and comments.
    fn skip_ignored(&mut self) {
        loop {
            match self.rest {
                [b' ' | b'\t' | b'\n' | b'\r' | b',', ..] => self.skip(1),
                [b'#', ..] => {
                    self.skip_while(|byte| !is_line_end(byte));
                }
                _ if self.rest.starts_with(BYTE_ORDER_MARK) => self.skip(BYTE_ORDER_MARK.len()),
                _ => return,
            }
        }
    }

    fn string(&mut self, at: usize) -> Result<Token, Refusal> {
        let is_block = self.rest.starts_with(BLOCK_QUOTE);
        self.skip(if is_block { BLOCK_QUOTE.len() } else { 1 });
        let is_closed = if is_block {
            self.skip_block_string()
        } else {
            self.skip_line_string()
        };
        if is_closed {
            return Ok(Token::Other);
        }
        let quote = if is_block {
            "three double quotes"
        } else {
            "a double quote on the same line"
        };
        Err(Refusal::UnterminatedString {
            at: at.into(),
            quote,
        })
    }

    /// Skips the rest of a block string; false when the document ends first.
    fn skip_block_string(&mut self) -> bool {
        while !self.rest.is_empty() {
            if self.rest.starts_with(BLOCK_QUOTE) {
                self.skip(BLOCK_QUOTE.len());
                return true;
            }
            let is_escape = self.rest.starts_with(ESCAPED_BLOCK_QUOTE);
            self.skip(if is_escape {
                ESCAPED_BLOCK_QUOTE.len()
            } else {
                1
            });
        }
        false
    }

    /// Skips the rest of an ordinary string; false when its line ends first.
    fn skip_line_string(&mut self) -> bool {
        loop {
            match self.rest {
                [b'"', ..] => {
                    self.skip(1);
                    return true;
                }
                [b'\\', escaped, ..] if !is_line_end(*escaped) => self.skip(2),
                [byte, ..] if !is_line_end(*byte) => self.skip(1),
                _ => return false,
            }
        }
    }

    /// Skips one number of the grammar: `007` is three of them.
    fn number(&mut self) -> Token {
        self.skip(usize::from(self.rest.first() == Some(&b'-')));
        if self.rest.first() == Some(&b'0') {
            self.skip(1);
        } else {
            self.skip_while(|byte| byte.is_ascii_digit());
        }
        if let [b'.', b'0'..=b'9', ..] = self.rest {
            self.skip(1);
            self.skip_while(|byte| byte.is_ascii_digit());
        }
        match self.rest {
            [b'e' | b'E', b'0'..=b'9', ..] => self.skip(1),
            [b'e' | b'E', b'+' | b'-', b'0'..=b'9', ..] => self.skip(2),
            _ => return Token::Other,
        }
        self.skip_while(|byte| byte.is_ascii_digit());
        Token::Other
    }

    fn punctuator(&mut self, bytes: usize, token: Token) -> Token {
        self.skip(bytes);
        token
    }

    fn skip_while(&mut self, matches: impl Fn(u8) -> bool) -> usize {
        let bytes = self.rest.iter().take_while(|byte| matches(**byte)).count();
        self.skip(bytes);
        bytes
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = &self.rest[bytes..];
    }
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}
