//! Archives and servers that mean harm, and some that do not.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{IpAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::thread;

use flate2::Compression;
use flate2::write::GzEncoder;
use tar::{Builder, EntryType, Header};
use tempfile::TempDir;

use super::fetch::{Policy, fetch_under, is_public};
use super::{Bundle, BundleError, Limits};

/// Names and contents, as far as they come, and how the walk ended.
fn walk(bundle: &Bundle) -> (Vec<String>, Result<(), BundleError>) {
    let mut seen = Vec::new();
    let end = bundle.walk::<BundleError>(&mut |_| true, &mut |file| {
        seen.push(match file {
            Ok(file) => format!("{}={}", file.path, String::from_utf8_lossy(file.bytes)),
            Err(error) => format!("! {error}"),
        });
        Ok(())
    });
    (seen, end)
}

fn walk_path(path: &Path, limits: Limits) -> (Vec<String>, Result<(), BundleError>) {
    walk(&Bundle::open(path, limits).expect("it opens"))
}

fn failure(result: Result<(), BundleError>) -> String {
    result.expect_err("it must not pass").to_string()
}

/// A header whose path is written as it is, whatever the library thinks of it.
fn header(path: &str, kind: EntryType, size: u64) -> Header {
    let mut header = Header::new_gnu();
    header.as_old_mut().name[..path.len()].copy_from_slice(path.as_bytes());
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_mode(0o644);
    header.set_cksum();
    header
}

fn pack(fill: impl FnOnce(&mut Builder<GzEncoder<Vec<u8>>>)) -> Vec<u8> {
    let mut builder = Builder::new(GzEncoder::new(Vec::new(), Compression::best()));
    fill(&mut builder);
    let packed = builder.into_inner().expect("it ends");
    packed.finish().expect("it ends")
}

fn packed(entries: &[(&str, &[u8])]) -> Vec<u8> {
    pack(|builder| {
        for (path, bytes) in entries {
            let header = header(path, EntryType::Regular, bytes.len() as u64);
            builder.append(&header, *bytes).expect("it fits");
        }
    })
}

struct Disk(TempDir);

impl Disk {
    fn new() -> Self {
        Self(TempDir::new().expect("a folder"))
    }

    fn write(&self, path: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(&path, bytes).expect("a file");
        path
    }
}

#[test]
fn a_file_a_folder_and_an_archive_show_their_files() {
    let disk = Disk::new();
    let file = disk.write("set/b.yml", b"2");
    disk.write("set/a/z.yml", b"1");
    disk.write("set/.git/config", b"hidden");
    assert_eq!(walk_path(&file, Limits::default()).0, ["b.yml=2"]);
    let folder = walk_path(&disk.0.path().join("set"), Limits::default());
    assert_eq!(folder.0, ["a/z.yml=1", "b.yml=2"]);
    folder.1.expect("all of it");
    let archive = packed(&[("./set/b.yml", b"2"), ("set/a.yml", b"1"), ("set/.x", b"")]);
    let archive = disk.write("set.tgz", &archive);
    let shown = walk_path(&archive, Limits::default());
    assert_eq!(shown.0, ["set/b.yml=2", "set/a.yml=1"]);
    shown.1.expect("all of it");
    // A file without a name is none.
    let nameless = disk.write("b.tar.gz", &packed(&[("./", b"1"), ("a.yml", b"2")]));
    assert_eq!(walk_path(&nameless, Limits::default()).0, ["a.yml=2"]);
}

#[test]
fn only_wanted_files_are_read() {
    let disk = Disk::new();
    let archive = packed(&[("a.yml", b"1"), ("SOURCE.md", b"- repository: x/y\n")]);
    let bundle = Bundle::open(&disk.write("a.tar.gz", &archive), Limits::default());
    let (paths, origins) = bundle.expect("it opens").look().expect("it is whole");
    assert_eq!(paths, ["a.yml", "SOURCE.md"]);
    let (_, origin) = origins.of("a.yml").expect("it tells");
    assert_eq!(origin.repository.as_deref(), Some("x/y"));
}

#[test]
fn what_is_missing_is_named() {
    let error = Bundle::open(Path::new("/no/such/thing"), Limits::default());
    let message = error.expect_err("there is none").to_string();
    assert!(
        message.starts_with("/no/such/thing cannot be read: "),
        "{message}"
    );
}

#[test]
fn paths_that_lead_elsewhere_end_the_walk() {
    for path in ["../x", "a/../../x", "/etc/passwd", "c:/x", "a\\..\\x"] {
        let disk = Disk::new();
        let archive = disk.write("a.tar.gz", &packed(&[("ok.yml", b"1"), (path, b"2")]));
        let (seen, end) = walk_path(&archive, Limits::default());
        assert_eq!(seen, ["ok.yml=1"]);
        let message = failure(end);
        assert!(message.contains("leads elsewhere"), "{path}: {message}");
    }
}

#[test]
fn links_and_devices_are_not_followed() {
    let disk = Disk::new();
    let archive = pack(|builder| {
        for kind in [EntryType::Symlink, EntryType::Link] {
            let mut header = header("link", kind, 0);
            header.set_link_name("/etc/passwd").expect("a name");
            header.set_cksum();
            builder.append(&header, &[][..]).expect("it fits");
        }
        for kind in [EntryType::Char, EntryType::Block, EntryType::Fifo] {
            builder
                .append(&header("device", kind, 0), &[][..])
                .expect("it fits");
        }
        builder
            .append(&header("file", EntryType::Regular, 1), &b"1"[..])
            .expect("it fits");
    });
    let (seen, end) = walk_path(&disk.write("a.tar.gz", &archive), Limits::default());
    end.expect("the rest is read");
    assert_eq!(seen, ["file=1"]);
    disk.write("set/file", b"1");
    let link = disk.0.path().join("set/link");
    std::os::unix::fs::symlink("/etc/passwd", link).expect("a link");
    let (seen, _) = walk_path(&disk.0.path().join("set"), Limits::default());
    assert_eq!(seen, ["file=1"]);
}

#[test]
fn an_archive_that_is_cut_off_anywhere_says_so() {
    let disk = Disk::new();
    let noise: Vec<u8> = (0..4000_u32)
        .flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes())
        .collect();
    let whole = packed(&[("a", &noise), ("b", &noise)]);
    for cut in (3..whole.len()).step_by(97) {
        let archive = disk.write("a.tar.gz", &whole[..cut]);
        let message = failure(walk_path(&archive, Limits::default()).1);
        assert!(message.contains("is cut off"), "{cut}: {message}");
    }
}

#[test]
fn a_damaged_archive_says_so() {
    let disk = Disk::new();
    let mut whole = packed(&[("a", &[7; 3000])]);
    let middle = whole.len() / 2;
    whole[middle..middle + 8].fill(0xff);
    let message = failure(walk_path(&disk.write("a.tar.gz", &whole), Limits::default()).1);
    assert!(
        message.contains("damaged") || message.contains("cut off"),
        "{message}"
    );
    let mut plain = GzEncoder::new(Vec::new(), Compression::best());
    plain.write_all(&[b'x'; 2000]).expect("it fits");
    let plain = plain.finish().expect("it ends");
    for (name, bytes) in [("b.gz", plain), ("c.tar.gz", vec![b'x'; 2000])] {
        let message = failure(walk_path(&disk.write(name, &bytes), Limits::default()).1);
        assert!(message.contains("is not a .tar.gz archive"), "{message}");
    }
}

#[test]
fn a_bomb_is_left_alone() {
    let disk = Disk::new();
    let zeros = vec![0; 40 << 20];
    let archive = disk.write("bomb.tar.gz", &packed(&[("a", &zeros)]));
    let (seen, end) = walk_path(&archive, Limits::default());
    assert!(seen.is_empty());
    assert!(failure(end).contains("unpacks to more than is allowed"));
    // Also where nobody wants the file.
    let bundle = Bundle::open(&archive, Limits::default()).expect("it opens");
    let end = bundle.walk::<BundleError>(&mut |_| false, &mut |_| Ok(()));
    assert!(failure(end).contains("unpacks to more than is allowed"));
}

#[test]
fn a_long_name_is_read_within_its_limit() {
    let disk = Disk::new();
    let long = "a/".repeat(100) + "file";
    let archive = pack(|builder| {
        let mut header = Header::new_gnu();
        header.set_size(1);
        header.set_mode(0o644);
        builder
            .append_data(&mut header, &long, &b"1"[..])
            .expect("it fits");
        builder
            .append_pax_extensions([("path", b"b/pax".as_slice())])
            .expect("it fits");
        let header = self::header("short", EntryType::Regular, 1);
        builder.append(&header, &b"2"[..]).expect("it fits");
        builder.append(&header, &b"3"[..]).expect("it fits");
    });
    let (seen, end) = walk_path(&disk.write("a.tar.gz", &archive), Limits::default());
    end.expect("it is whole");
    assert_eq!(
        seen,
        [
            format!("{long}=1"),
            "b/pax=2".to_owned(),
            "short=3".to_owned()
        ]
    );
    let endless = vec![b'a'; 1 << 20];
    let archive = pack(|builder| {
        let header = header(
            "././@LongLink",
            EntryType::GNULongName,
            endless.len() as u64,
        );
        builder
            .append(&header, endless.as_slice())
            .expect("it fits");
    });
    let (_, end) = walk_path(&disk.write("b.tar.gz", &archive), Limits::default());
    assert!(failure(end).contains("a path is too long"));
}

#[test]
fn limits_are_kept() {
    let disk = Disk::new();
    let archive = packed(&[("a", &[b'1'; 11]), ("b", b"2"), ("c", b"3")]);
    let archive = disk.write("a.tar.gz", &archive);
    disk.write("set/a", &[b'1'; 11]);
    disk.write("set/b", b"2");
    disk.write("set/c", b"3");
    let folder = disk.0.path().join("set");
    for path in [&archive, &folder] {
        // A file that is too large is its own problem.
        let limits = Limits {
            file: 10,
            ..Limits::default()
        };
        let (seen, end) = walk_path(path, limits);
        end.expect("the rest is read");
        assert_eq!(
            seen,
            ["! a is too large: a file may have 10 bytes", "b=2", "c=3"]
        );
        let limits = Limits {
            entries: 2,
            ..Limits::default()
        };
        assert!(failure(walk_path(path, limits).1).contains("it may have 2 "));
        let limits = Limits {
            total: 10,
            ..Limits::default()
        };
        assert!(failure(walk_path(path, limits).1).contains("is too large"));
        let limits = Limits {
            path: 0,
            ..Limits::default()
        };
        assert!(failure(walk_path(path, limits).1).contains("a path may have 0 bytes"));
    }
}

#[test]
fn a_page_for_people_is_not_a_data_set() {
    let disk = Disk::new();
    let file = disk.write(
        "languages.yml",
        b"\xef\xbb\xbf\n <!DOCTYPE HTML><title>404</title>",
    );
    let (seen, _) = walk_path(&file, Limits::default());
    assert_eq!(
        seen,
        [
            "! languages.yml is an HTML page, not a data set: give the address or path of the file itself"
        ]
    );
}

#[test]
fn public_addresses_are_told_from_others() {
    for ip in [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "192.0.0.8",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "2001::1",
        "2001:db8::1",
        "64:ff9b::7f00:1",
        "fec0::1",
    ] {
        let address: IpAddr = ip.parse().expect("an address");
        assert!(!is_public(address), "{ip}");
    }
    for ip in [
        "1.1.1.1",
        "140.82.121.3",
        "100.128.0.1",
        "2606:4700::1111",
        "2a00:1450:4001::1",
    ] {
        let address: IpAddr = ip.parse().expect("an address");
        assert!(is_public(address), "{ip}");
    }
}

#[tokio::test]
async fn only_public_https_is_fetched() {
    let cases = [
        (
            "http://example.org/a.yml",
            "only https:// addresses are fetched",
        ),
        ("file:///etc/passwd", "only https:// addresses are fetched"),
        (
            "https://me:secret@example.org/a",
            "an address with a password is not fetched",
        ),
        ("https://127.0.0.1/a", "127.0.0.1 is not a public address"),
        ("https://[::1]/a", "::1 is not a public address"),
        ("https://0x7f.1/a", "127.0.0.1 is not a public address"),
        (
            "https://169.254.169.254/latest",
            "169.254.169.254 is not a public address",
        ),
        ("https://localhost/a", "localhost has no public address"),
    ];
    for (address, reason) in cases {
        let error = super::fetch(address, Limits::default()).await;
        let message = error.expect_err("refused").to_string();
        assert!(
            message.ends_with(&format!("is not fetched: {reason}")),
            "{message}"
        );
    }
}

/// A server on this machine that gives these answers, one to each connection.
fn server(answers: Vec<Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().expect("a client");
            let mut request = [0; 4096];
            assert!(stream.read(&mut request).expect("a request") > 0);
            // The client may have gone away in the midst of it.
            let _ = stream.write_all(&answer);
        }
    });
    format!("http://{address}")
}

fn ok(body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn moved(to: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    )
    .into_bytes()
}

/// Lets in this machine, which stands for the open network here, and nothing else.
const THIS_MACHINE: Policy = Policy {
    scheme: "http",
    is_public: |ip| ip.is_loopback(),
};

async fn fetched(path: &str, answers: Vec<Vec<u8>>, limits: Limits) -> Result<Bundle, BundleError> {
    let address = server(answers) + path;
    fetch_under(THIS_MACHINE, &address, limits).await
}

#[tokio::test]
async fn a_download_is_a_bundle() {
    let bundle = fetched(
        "/x/languages.yml?raw",
        vec![moved("/y/new.yml"), ok(b"C: 1")],
        Limits::default(),
    );
    let bundle = bundle.await.expect("it is fetched");
    assert_eq!(walk(&bundle).0, ["new.yml=C: 1"]);
    let archive = packed(&[("set/a.yml", b"1")]);
    let bundle = fetched("/set.tar.gz", vec![ok(&archive)], Limits::default()).await;
    assert_eq!(walk(&bundle.expect("it is fetched")).0, ["set/a.yml=1"]);
}

#[tokio::test]
async fn a_redirect_is_looked_at_like_an_address() {
    for (to, reason) in [
        ("http://10.0.0.1/", "10.0.0.1 is not a public address"),
        ("https://example.org/", "only http:// addresses are fetched"),
        (
            "http://me:secret@127.0.0.1/",
            "an address with a password is not fetched",
        ),
    ] {
        let error = fetched("/a", vec![moved(to)], Limits::default()).await;
        let message = error.expect_err("refused").to_string();
        assert!(message.ends_with(reason), "{message}");
    }
    let circle = vec![moved("/a"); 10];
    let error = fetched("/a", circle, Limits::default())
        .await
        .expect_err("refused");
    assert!(
        error.to_string().ends_with("leads on more than 5 times"),
        "{error}"
    );
}

#[tokio::test]
async fn a_download_has_its_limits() {
    let limits = Limits {
        download: 9,
        ..Limits::default()
    };
    let error = fetched("/a", vec![ok(b"0123456789")], limits)
        .await
        .expect_err("refused");
    assert!(
        error.to_string().ends_with("a download may have 9 bytes"),
        "{error}"
    );
    let limits = Limits {
        download_seconds: 1,
        ..Limits::default()
    };
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let silent = format!("http://{}/a", listener.local_addr().expect("an address"));
    let error = fetch_under(THIS_MACHINE, &silent, limits)
        .await
        .expect_err("refused");
    assert!(error.to_string().ends_with("it takes too long"), "{error}");
    let page = ok(b"<html><body>Sign in</body></html>");
    let error = fetched("/a", vec![page], Limits::default())
        .await
        .expect_err("refused");
    assert!(error.to_string().contains("is an HTML page"), "{error}");
    let missing = b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let error = fetched("/a", vec![missing.to_vec()], Limits::default()).await;
    let error = error.expect_err("refused");
    assert!(
        error
            .to_string()
            .ends_with("the server answers 404 Not Found"),
        "{error}"
    );
}
