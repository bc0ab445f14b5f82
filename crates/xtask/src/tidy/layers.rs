//! Which crate may use which. The ranks of the slices stand in one table of ARCHITECTURE.md, in a block marked `ranks`:
//! a line per rank, from the lowest up; a slice may use those of lower lines only.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Finding, Project};

const TABLE: &str = "ARCHITECTURE.md";

/// Packages that do input or output or need a runtime: none may stand behind kernel or engines.
const IMPURE: &[&str] = &[
    "tokio",
    "async-std",
    "smol",
    "futures",
    "futures-util",
    "futures-core",
    "sqlx",
    "sqlx-core",
    "rusqlite",
    "libsqlite3-sys",
    "axum",
    "hyper",
    "reqwest",
    "ureq",
    "mio",
    "socket2",
    "rustls",
    "lettre",
    "tempfile",
    "walkdir",
    "tracing",
];

const WAY_OUT: &str = "move the type that both need down, pass the value in, take a trait where it is a border to the world, \
     or tell it by an event";

/// A layer of the house, from the ground up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Layer {
    Kernel,
    Engine,
    DemoData,
    Platform,
    Slice,
    App,
    Tests,
    Xtask,
}

impl Layer {
    /// From the folder of a package.
    fn of(folder: &str) -> Option<Self> {
        match folder.split('/').collect::<Vec<_>>()[..] {
            ["crates", "kernel"] => Some(Self::Kernel),
            ["crates", "engines", _] => Some(Self::Engine),
            ["crates", "demo-data"] => Some(Self::DemoData),
            ["crates", "platform", _] => Some(Self::Platform),
            ["crates", "slices", _] => Some(Self::Slice),
            ["crates", "app"] => Some(Self::App),
            ["crates", "xtask"] => Some(Self::Xtask),
            ["tests"] | ["crates", "bench"] => Some(Self::Tests),
            _ => None,
        }
    }

    /// Whether a crate of this layer may use one of `other` (ranks of slices aside).
    fn may_use(self, other: Self) -> bool {
        match self {
            Self::Kernel | Self::Xtask => false,
            Self::Engine => matches!(other, Self::Kernel | Self::Engine),
            Self::DemoData => other < self,
            Self::Platform => matches!(other, Self::Kernel | Self::Platform),
            Self::Slice => matches!(other, Self::Kernel | Self::Engine | Self::Platform | Self::Slice),
            Self::App => other < self,
            Self::Tests => other != Self::Xtask,
        }
    }
}

/// A package of the workspace.
#[derive(Debug)]
struct Package {
    name: String,
    folder: String,
    uses: Vec<String>,
}

/// Ranks, layers and purity.
pub fn check(project: &Project, metadata: &Value) -> Vec<Finding> {
    let packages = packages(metadata);
    let ranks = match ranks(project) {
        Ok(ranks) => ranks,
        Err(finding) => return vec![finding],
    };
    let mut found = use_of_layers(&packages, &ranks);
    found.extend(impure(&packages, metadata));
    found
}

/// The workspace's packages with what they use when they are not tested.
fn packages(metadata: &Value) -> Vec<Package> {
    let root = metadata["workspace_root"].as_str().unwrap_or_default();
    let members: BTreeSet<&str> = strings(&metadata["workspace_members"]).collect();
    let all = metadata["packages"].as_array().into_iter().flatten();
    all.filter(|p| p["id"].as_str().is_some_and(|id| members.contains(id)))
        .map(|p| {
            let path = p["manifest_path"].as_str().unwrap_or_default();
            let folder =
                path.strip_prefix(root).unwrap_or(path).trim_start_matches('/').trim_end_matches("/Cargo.toml");
            let dependencies = p["dependencies"].as_array().into_iter().flatten().filter(|d| d["kind"].is_null());
            let uses = dependencies.filter_map(|d| d["name"].as_str()).map(str::to_owned).collect();
            Package { name: p["name"].as_str().unwrap_or_default().to_owned(), folder: folder.to_owned(), uses }
        })
        .collect()
}

fn strings(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// The rank of each slice, from the table.
fn ranks(project: &Project) -> Result<BTreeMap<String, usize>, Finding> {
    let text = &project.file(TABLE).ok_or_else(|| Finding::new(TABLE, 0, "is missing"))?.text;
    let block = text.split_once("```ranks\n").and_then(|(_, rest)| rest.split_once("```")).map(|(block, _)| block);
    let block = block.ok_or_else(|| Finding::new(TABLE, 0, "has no block marked `ranks`"))?;
    let lines = block.lines().filter(|line| !line.trim().is_empty()).enumerate();
    Ok(lines.flat_map(|(rank, line)| line.split(',').map(move |name| (name.trim().to_owned(), rank))).collect())
}

fn use_of_layers(packages: &[Package], ranks: &BTreeMap<String, usize>) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in packages {
        let manifest = format!("{}/Cargo.toml", package.folder);
        let Some(layer) = Layer::of(&package.folder) else {
            found.push(Finding::new(&manifest, 0, "this folder belongs to no layer of the house"));
            continue;
        };
        if layer == Layer::Slice && !ranks.contains_key(&package.name) {
            found.push(Finding::new(&manifest, 0, format!("{} has no rank in {TABLE}", package.name)));
        }
        for used in packages.iter().filter(|p| package.uses.contains(&p.name)) {
            let below = Layer::of(&used.folder).is_some_and(|other| layer.may_use(other));
            if !below {
                found.push(Finding::new(&manifest, 0, format!("{} may not use {}", package.name, used.name)));
            } else if let (Some(own), Some(other)) = (ranks.get(&package.name), ranks.get(&used.name))
                && other >= own
            {
                let text = format!("{} may not call {}, which is not below it: {WAY_OUT}", package.name, used.name);
                found.push(Finding::new(&manifest, 0, text));
            }
        }
    }
    found
}

/// Impure packages anywhere behind kernel or engines.
fn impure(packages: &[Package], metadata: &Value) -> Vec<Finding> {
    let names: BTreeMap<&str, &str> = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|p| Some((p["id"].as_str()?, p["name"].as_str()?)))
        .collect();
    let nodes: BTreeMap<&str, &Value> = metadata["resolve"]["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|n| Some((n["id"].as_str()?, n)))
        .collect();
    let mut found = Vec::new();
    for package in packages.iter().filter(|p| matches!(Layer::of(&p.folder), Some(Layer::Kernel | Layer::Engine))) {
        let own =
            names.iter().filter(|(id, name)| **name == package.name && id.contains("path+file")).map(|(id, _)| *id);
        let (mut open, mut seen): (Vec<&str>, BTreeSet<&str>) = (own.collect(), BTreeSet::new());
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            let dependencies = nodes.get(id).and_then(|n| n["deps"].as_array()).into_iter().flatten();
            let normal =
                dependencies.filter(|d| d["dep_kinds"].as_array().into_iter().flatten().any(|k| k["kind"].is_null()));
            open.extend(normal.filter_map(|d| d["pkg"].as_str()));
        }
        let manifest = format!("{}/Cargo.toml", package.folder);
        let bad = seen.iter().filter_map(|id| names.get(id)).filter(|name| IMPURE.contains(name));
        found.extend(bad.map(|name| {
            Finding::new(&manifest, 0, format!("{} does no input or output, but {name} stands behind it", package.name))
        }));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(folder: &str, uses: &[&str]) -> Package {
        let name = folder.rsplit('/').next().unwrap_or_default().to_owned();
        Package { name, folder: folder.into(), uses: uses.iter().map(|u| (*u).to_owned()).collect() }
    }

    fn table() -> BTreeMap<String, usize> {
        ranks(&Project::of(&[(TABLE, "# Ranks\n```ranks\nparties, catalog\npricing\nnegotiation\n```\n")])).unwrap()
    }

    #[test]
    fn slices_call_down_only() {
        let found = |uses: &[&str]| {
            let packages = [
                package("crates/kernel", &[]),
                package("crates/slices/parties", &[]),
                package("crates/slices/catalog", &[]),
                package("crates/slices/negotiation", &[]),
                package("crates/slices/pricing", uses),
                package("crates/app", &[]),
            ];
            use_of_layers(&packages, &table()).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(found(&["kernel", "parties", "catalog", "serde"]), [] as [String; 0]);
        let up = found(&["negotiation"]);
        assert_eq!(up.len(), 1);
        assert!(
            up[0].starts_with(
                "crates/slices/pricing/Cargo.toml: pricing may not call negotiation, which is not below it: move"
            ),
            "{up:?}"
        );
        assert_eq!(found(&["app"]).len(), 1);
    }

    #[test]
    fn equal_ranks_do_not_call_each_other() {
        let packages = [package("crates/slices/parties", &["catalog"]), package("crates/slices/catalog", &[])];
        assert_eq!(use_of_layers(&packages, &table()).len(), 1);
    }

    #[test]
    fn a_slice_needs_a_rank_and_a_crate_a_layer() {
        assert_eq!(use_of_layers(&[package("crates/slices/loyalty", &[])], &table()).len(), 1);
        assert_eq!(use_of_layers(&[package("crates/helpers", &[])], &table()).len(), 1);
    }

    #[test]
    fn engines_use_the_kernel_only() {
        let packages = [
            package("crates/kernel", &[]),
            package("crates/platform/db", &[]),
            package("crates/engines/tax", &["kernel", "db"]),
        ];
        assert_eq!(use_of_layers(&packages, &table()).len(), 1);
    }

    #[test]
    fn what_stands_behind_an_engine_is_looked_at() {
        let metadata = serde_json::json!({
            "packages": [{ "id": "path+file:///tax", "name": "tax" }, { "id": "r#a", "name": "a" }, { "id": "r#tokio", "name": "tokio" }],
            "resolve": { "nodes": [
                { "id": "path+file:///tax", "deps": [{ "pkg": "r#a", "dep_kinds": [{ "kind": null }] }] },
                { "id": "r#a", "deps": [{ "pkg": "r#tokio", "dep_kinds": [{ "kind": null }] }] },
                { "id": "r#tokio", "deps": [] },
            ] },
        });
        assert_eq!(impure(&[package("crates/engines/tax", &[])], &metadata).len(), 1);
        assert_eq!(impure(&[package("crates/platform/tax", &[])], &metadata).len(), 0);
    }
}
