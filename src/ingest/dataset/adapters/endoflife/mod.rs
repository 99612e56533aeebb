//! Release cycles: endoflife.date, as the pages of its repository or as its API answers.

mod api;
mod page;
mod product;

use super::{ending, file_name, problem, utf8, without_nul};
use crate::ingest::dataset::{About, Adapter, File, Sink};

/// Reads the products of endoflife.date.
#[derive(Clone, Copy, Debug)]
pub struct EndOfLife;

impl Adapter for EndOfLife {
    fn name(&self) -> &'static str {
        "endoflife"
    }

    fn about(&self) -> About {
        About {
            reads: "products and their release cycles (products/*.md, or the JSON of API v1)",
            from: "https://github.com/endoflife-date/endoflife.date or \
                   https://endoflife.date/api/v1/products/full",
            licence: "MIT",
            attribution: "endoflife.date, © its contributors",
        }
    }

    fn reads(&self, path: &str) -> bool {
        let name = file_name(path);
        let folder = path[..path.len() - name.len()].trim_end_matches('/');
        let is_markdown = ending(name) == "md" && name != "README.md";
        // The API's address ends without one, and a download keeps its last part.
        is_markdown && (file_name(folder) == "products" || folder.is_empty())
            || matches!(name, "full" | "full.json" | "products.json")
            || ending(name) == "json" && file_name(folder) == "products"
    }

    fn read(&self, file: &File<'_>, sink: &mut dyn Sink) {
        let Some(text) = utf8(file, sink) else { return };
        let found = if text.trim_start().starts_with('{') {
            api::products(&without_nul(text))
        } else {
            page::product(file.path, text).map(|product| vec![product])
        };
        match found {
            Ok(products) => {
                for product in products {
                    product.tell(file.path, sink);
                }
            }
            Err((line, what)) => problem(sink, file.path, line, what),
        }
    }
}
