//! Every package of others that we use is listed in `docs/dependencies.md` with its reason, and nothing else is.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Finding, Project};

const LIST: &str = "docs/dependencies.md";
const FRONTEND: &str = "frontend/package.json";

/// What is not listed, and what is listed without being used.
pub fn check(project: &Project, metadata: &Value) -> Vec<Finding> {
    let listed = listed(project.file(LIST).map_or("", |f| &f.text));
    let mut used = crates(metadata);
    used.extend(npm(project.file(FRONTEND).map_or("", |f| &f.text)));
    let unlisted = used.iter().filter(|name| !listed.contains_key(*name));
    let mut found: Vec<Finding> = unlisted
        .map(|name| {
            Finding::new(LIST, 0, format!("{name} is used, but not listed: what for, and what else was considered?"))
        })
        .collect();
    let unused = listed.iter().filter(|(name, _)| !used.contains(*name));
    found.extend(unused.map(|(name, line)| Finding::new(LIST, *line, format!("{name} is listed, but not used"))));
    found
}

/// Lines of the list begin `- **name**` or `| name |`; several names are divided by commas.
fn listed(text: &str) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::new();
    for (number, line) in text.lines().enumerate() {
        let Some(first) = line.strip_prefix("| `").and_then(|rest| rest.split('|').next()) else { continue };
        for name in first.split(',') {
            all.insert(name.trim().trim_matches('`').to_owned(), number + 1);
        }
    }
    all
}

/// Packages of crates.io that the workspace's members name.
fn crates(metadata: &Value) -> BTreeSet<String> {
    let members: BTreeSet<&str> =
        metadata["workspace_members"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let packages = metadata["packages"].as_array().into_iter().flatten();
    packages
        .filter(|p| p["id"].as_str().is_some_and(|id| members.contains(id)))
        .flat_map(|p| p["dependencies"].as_array().into_iter().flatten())
        .filter(|d| d["source"].is_string())
        .filter_map(|d| d["name"].as_str().map(str::to_owned))
        .collect()
}

fn npm(package: &str) -> BTreeSet<String> {
    let package: Value = serde_json::from_str(package).unwrap_or_default();
    let of =
        |kind: &str| package[kind].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    [of("dependencies"), of("devDependencies")].concat().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_complete_and_nothing_more() {
        let list = "# Dependencies\n| what | for |\n|---|---|\n| `axum`, `tokio` | the web |\n| `old` | nothing |\n";
        let package = r#"{ "dependencies": { "htmx.org": "2" } }"#;
        let metadata = serde_json::json!({
            "workspace_members": ["web"],
            "packages": [
                { "id": "web", "dependencies": [
                    { "name": "axum", "source": "registry" }, { "name": "tokio", "source": "registry" }, { "name": "kernel", "source": null },
                ] },
                { "id": "axum", "dependencies": [{ "name": "hyper", "source": "registry" }] },
            ],
        });
        let found = check(&Project::of(&[(LIST, list), (FRONTEND, package)]), &metadata);
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("htmx.org is used, but not listed"));
        assert!(found[1].starts_with("docs/dependencies.md:5: old is listed"));
    }
}
