use std::{collections::HashMap, fmt, marker::PhantomData, ops::Index, slice, vec};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser::SerializeMap};

use super::{Text, text::Key};

/// The number of entries up to which a duplicate key is looked for by comparing all of them.
const SMALL: usize = 32;

/// A map with string keys that keeps the order of the event.
///
/// Made for the handful of entries that events carry: looking one up compares keys from first to last. Collect it into a
/// `HashMap` where there may be thousands.
///
/// It remembers whether it was in the event at all, so that an event is written as it was read: [`Map::is_absent`]. For
/// everything else, an absent map is an empty one. Of a key that occurs twice, the last value counts.
///
/// ```
/// use lambda_events::encodings::Map;
///
/// let tags: Map<String> = serde_json::from_str(r#"{"stage": "prod"}"#)?;
/// assert_eq!(tags.get("stage").map(String::as_str), Some("prod"));
/// for (name, value) in &tags {
///     println!("{name}={value}");
/// }
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct Map<V>(Option<Vec<(Text, V)>>);

impl<V> Map<V> {
    /// A map without entries, which is absent until the first is inserted.
    pub const fn new() -> Self {
        Self(None)
    }

    /// Whether the event did not have this map, or had `null`. It is not written then.
    pub fn is_absent(&self) -> bool {
        self.0.is_none()
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries().len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries().is_empty()
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&V> {
        self.entries().iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    /// The value of `key`, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        self.0.as_mut()?.iter_mut().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    /// The value of a key that is the same as `key` but for the case of ASCII letters.
    pub fn get_ignore_case(&self, key: &str) -> Option<&V> {
        let same = |name: &Text| name.as_bytes().eq_ignore_ascii_case(key.as_bytes());
        self.entries().iter().find(|(name, _)| same(name)).map(|(_, value)| value)
    }

    /// Whether there is a value of `key`.
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Sets the value of `key`. Returns the one it had.
    pub fn insert(&mut self, key: impl Into<Text>, value: V) -> Option<V> {
        let key = key.into();
        if let Some(old) = self.get_mut(&key) {
            return Some(std::mem::replace(old, value));
        }
        self.0.get_or_insert_default().push((key, value));
        None
    }

    /// Takes the value of `key` out. The order of the others stays.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        let entries = self.0.as_mut()?;
        let at = entries.iter().position(|(name, _)| name == key)?;
        Some(entries.remove(at).1)
    }

    /// Keys and values, in the order of the event.
    pub fn iter(&self) -> Iter<'_, V> {
        Iter(self.entries().iter())
    }

    /// Keys and values, in the order of the event, to change the values.
    pub fn iter_mut(&mut self) -> IterMut<'_, V> {
        IterMut(self.0.as_deref_mut().unwrap_or_default().iter_mut())
    }

    /// The keys, in the order of the event.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(key, _)| key)
    }

    /// The values, in the order of the event.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    fn entries(&self) -> &[(Text, V)] {
        self.0.as_deref().unwrap_or_default()
    }

    /// Takes entries with keys that may occur twice.
    fn from_entries(mut entries: Vec<(Text, V)>) -> Self {
        if has_duplicates(&entries) {
            let mut last: HashMap<Text, usize> = HashMap::new();
            for (at, (key, _)) in entries.iter().enumerate() {
                last.insert(key.clone(), at);
            }
            let mut at = 0;
            entries.retain(|(key, _)| {
                at += 1;
                last[key] == at - 1
            });
        }
        Self(Some(entries))
    }
}

fn has_duplicates<V>(entries: &[(Text, V)]) -> bool {
    if entries.len() <= SMALL {
        return (1..entries.len()).any(|at| entries[..at].iter().any(|(key, _)| *key == entries[at].0));
    }
    let mut keys: Vec<&[u8]> = entries.iter().map(|(key, _)| key.as_bytes()).collect();
    keys.sort_unstable();
    keys.windows(2).any(|pair| pair[0] == pair[1])
}

impl<V> Default for Map<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V: fmt::Debug> fmt::Debug for Map<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

/// Two maps are equal when they have the same entries, in whatever order.
impl<V: PartialEq> PartialEq for Map<V> {
    fn eq(&self, other: &Self) -> bool {
        if self.len() != other.len() {
            return false;
        }
        if self.iter().zip(other).all(|(ours, theirs)| ours == theirs) {
            return true;
        }
        if self.len() <= SMALL {
            return self.iter().all(|(key, value)| other.get(key) == Some(value));
        }
        let theirs: HashMap<&str, &V> = other.iter().collect();
        self.iter().all(|(key, value)| theirs.get(key) == Some(&value))
    }
}

impl<V: Eq> Eq for Map<V> {}

impl<V> Index<&str> for Map<V> {
    type Output = V;

    /// The value of `key`.
    ///
    /// # Panics
    ///
    /// Panics if there is none. [`Map::get`] does not.
    fn index(&self, key: &str) -> &V {
        match self.get(key) {
            Some(value) => value,
            None => panic!("no entry `{key}` in the map"),
        }
    }
}

impl<K: Into<Text>, V> FromIterator<(K, V)> for Map<V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self::from_entries(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }
}

impl<K: Into<Text>, V> Extend<(K, V)> for Map<V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        let mut all = self.0.take().unwrap_or_default();
        all.extend(entries.into_iter().map(|(key, value)| (key.into(), value)));
        *self = Self::from_entries(all);
    }
}

impl<K: Into<Text>, V, const N: usize> From<[(K, V); N]> for Map<V> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<V> From<HashMap<String, V>> for Map<V> {
    fn from(entries: HashMap<String, V>) -> Self {
        entries.into_iter().collect()
    }
}

impl<V> From<Map<V>> for HashMap<String, V> {
    fn from(map: Map<V>) -> Self {
        map.into_iter().collect()
    }
}

/// Entries of a [`Map`], borrowed.
#[derive(Debug)]
pub struct Iter<'a, V>(slice::Iter<'a, (Text, V)>);

impl<'a, V> Iterator for Iter<'a, V> {
    type Item = (&'a str, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key.as_str(), value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

/// Entries of a [`Map`], the values to be changed.
#[derive(Debug)]
pub struct IterMut<'a, V>(slice::IterMut<'a, (Text, V)>);

impl<'a, V> Iterator for IterMut<'a, V> {
    type Item = (&'a str, &'a mut V);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key.as_str(), value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

/// Entries of a [`Map`], owned.
#[derive(Debug)]
pub struct IntoIter<V>(vec::IntoIter<(Text, V)>);

impl<V> Iterator for IntoIter<V> {
    type Item = (String, V);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key.into_string(), value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<'a, V> IntoIterator for &'a Map<V> {
    type Item = (&'a str, &'a V);
    type IntoIter = Iter<'a, V>;

    fn into_iter(self) -> Iter<'a, V> {
        self.iter()
    }
}

impl<'a, V> IntoIterator for &'a mut Map<V> {
    type Item = (&'a str, &'a mut V);
    type IntoIter = IterMut<'a, V>;

    fn into_iter(self) -> IterMut<'a, V> {
        self.iter_mut()
    }
}

impl<V> IntoIterator for Map<V> {
    type Item = (String, V);
    type IntoIter = IntoIter<V>;

    fn into_iter(self) -> IntoIter<V> {
        IntoIter(self.0.unwrap_or_default().into_iter())
    }
}

impl<V: Serialize> Serialize for Map<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (key, value) in self {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl<'de, V: Deserialize<'de> + Default> Deserialize<'de> for Map<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read::<V, D>(deserializer, 0)
    }
}

impl<V: Default> Map<V> {
    /// Reads values that are written as a `W`, with room for `usual` entries from the start.
    pub(crate) fn read<'de, W, D>(deserializer: D, usual: usize) -> Result<Self, D::Error>
    where
        W: Deserialize<'de> + Into<V>,
        D: Deserializer<'de>,
    {
        deserializer.deserialize_option(MapVisitor::<V, W> { usual, of: PhantomData })
    }
}

struct MapVisitor<V, W> {
    usual: usize,
    of: PhantomData<(V, W)>,
}

impl<'de, V: Default, W: Deserialize<'de> + Into<V>> de::Visitor<'de> for MapVisitor<V, W> {
    type Value = Map<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Map<V>, E> {
        Ok(Map::new())
    }

    fn visit_none<E: de::Error>(self) -> Result<Map<V>, E> {
        Ok(Map::new())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Map<V>, D::Error> {
        deserializer.deserialize_map(self)
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut access: A) -> Result<Map<V>, A::Error> {
        let mut entries = Vec::with_capacity(self.usual);
        while let Some((Key(key), value)) = access.next_entry::<Key, Option<W>>()? {
            entries.push((key, value.map_or_else(V::default, Into::into)));
        }
        Ok(Map::from_entries(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_two_equal_keys_counts_in_small_and_in_large_maps() {
        for others in [1, 100] {
            let mut text = String::from(r#"{"k": 1"#);
            for at in 0..others {
                text += &format!(r#", "o{at}": {at}"#);
            }
            text += r#", "k": 2}"#;
            let map: Map<i64> = serde_json::from_str(&text).unwrap();
            assert_eq!(map["k"], 2);
            assert_eq!(map.len(), others + 1);
        }
    }

    #[test]
    fn a_map_of_a_hundred_thousand_keys_is_read_in_no_time() {
        let entries: Vec<String> = (0..100_000).map(|at| format!(r#""key-{at}": "v""#)).collect();
        let map: Map<Text> = serde_json::from_str(&format!("{{{}}}", entries.join(","))).unwrap();
        assert_eq!(map.len(), 100_000);
    }

    #[test]
    fn null_is_absent_and_empty_is_not() {
        assert!(serde_json::from_str::<Map<Text>>("null").unwrap().is_absent());
        let empty: Map<Text> = serde_json::from_str("{}").unwrap();
        assert!(!empty.is_absent() && empty.is_empty());
        assert_eq!(empty, Map::new());
    }

    #[test]
    fn maps_are_equal_in_whatever_order() {
        assert_eq!(Map::from([("a", 1), ("b", 2)]), Map::from([("b", 2), ("a", 1)]));
        assert_ne!(Map::from([("a", 1)]), Map::from([("a", 2)]));
    }

    #[test]
    fn entries_are_inserted_changed_and_removed() {
        let mut map = Map::new();
        assert_eq!(map.insert("a", 1), None);
        assert_eq!(map.insert("a", 2), Some(1));
        map.extend([("b", 3)]);
        assert_eq!(map.remove("a"), Some(2));
        assert_eq!(HashMap::<String, i32>::from(map), HashMap::from([("b".to_owned(), 3)]));
    }
}
