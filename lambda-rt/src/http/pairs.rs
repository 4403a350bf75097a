//! Names and values: queries, forms, path parameters, stage variables; in their order, repeated where they are, typed on demand.

use std::borrow::Cow;
use std::collections::HashMap;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess,
    VariantAccess, Visitor,
};
use serde::{Serialize, Serializer, forward_to_deserialize_any};

/// Parameters by name, in their order, with the names of the `query_map` crate that `lambda_http` uses.
///
/// # Examples
///
/// ```
/// use lambda_rt::http::QueryMap;
///
/// let query: QueryMap = "tag=a&page=2&tag=b%20c".parse()?;
/// assert_eq!(query.first("page"), Some("2"));
/// assert_eq!(query.all("tag"), Some(vec!["a", "b c"]));
///
/// #[derive(serde::Deserialize)]
/// struct Search { tag: Vec<String>, page: u32, sort: Option<String> }
/// let search: Search = query.decode()?;
/// assert_eq!((search.page, search.tag.len(), search.sort), (2, 2, None));
/// # Ok::<_, lambda_rt::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryMap {
    pairs: Vec<(String, String)>,
}

impl QueryMap {
    /// The first value of a name.
    pub fn first(&self, name: &str) -> Option<&str> {
        self.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// All values of a name, in their order; `None` if there is none.
    pub fn all(&self, name: &str) -> Option<Vec<&str>> {
        let all: Vec<&str> = self.iter().filter(|(key, _)| *key == name).map(|(_, value)| value).collect();
        Some(all).filter(|all| !all.is_empty())
    }

    /// Whether there are no parameters.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Names and values in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Decodes the parameters into a type: numbers, booleans and unit enums from their text, lists from repeated names.
    ///
    /// # Errors
    ///
    /// [`InvalidParameters`], which names the parameter.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, InvalidParameters> {
        let pairs = self.by_name().into_iter().map(|(name, values)| (name, Values { name, values }));
        T::deserialize(MapDeserializer::new(pairs))
    }

    /// Each name once, with all its values.
    fn by_name(&self) -> Vec<(&str, Vec<&str>)> {
        let mut names: Vec<(&str, Vec<&str>)> = Vec::new();
        let mut places = HashMap::new();
        for (name, value) in self.iter() {
            let place = *places.entry(name).or_insert(names.len());
            match names.get_mut(place) {
                Some((_, values)) => values.push(value),
                None => names.push((name, vec![value])),
            }
        }
        names
    }

    /// The parameters as a query, encoded.
    pub fn to_query_string(&self) -> String {
        let encoded = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
        let pairs: Vec<String> =
            self.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        pairs.join("&")
    }
}

/// Parses a query or a form; whatever it is, it has some reading.
impl FromStr for QueryMap {
    type Err = Infallible;

    fn from_str(query: &str) -> Result<Self, Infallible> {
        let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        });
        Ok(Self { pairs: pairs.collect() })
    }
}

/// Decoded once, plus signs being spaces. Bytes that are no UTF-8 are replaced.
fn decoded(text: &str) -> String {
    let spaced = if text.contains('+') { Cow::Owned(text.replace('+', " ")) } else { Cow::Borrowed(text) };
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

impl From<HashMap<String, String>> for QueryMap {
    fn from(map: HashMap<String, String>) -> Self {
        Self { pairs: map.into_iter().collect() }
    }
}

impl From<HashMap<String, Vec<String>>> for QueryMap {
    fn from(map: HashMap<String, Vec<String>>) -> Self {
        let pairs = map
            .into_iter()
            .flat_map(|(name, values)| values.into_iter().map(move |value| (name.clone(), value)));
        Self { pairs: pairs.collect() }
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for QueryMap {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self { pairs: pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect() }
    }
}

/// An object of lists, each name with all its values.
impl Serialize for QueryMap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.by_name())
    }
}

/// Reads an object of strings, of lists of strings, or of both.
impl<'de> Deserialize<'de> for QueryMap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(untagged)]
        enum OneOrMany {
            None,
            One(String),
            Many(Vec<String>),
        }
        struct OfMap;
        impl<'de> Visitor<'de> for OfMap {
            type Value = QueryMap;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of strings or lists of strings")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<QueryMap, A::Error> {
                let mut pairs = Vec::new();
                while let Some((name, values)) = map.next_entry::<String, OneOrMany>()? {
                    match values {
                        OneOrMany::None => {}
                        OneOrMany::One(value) => pairs.push((name, value)),
                        OneOrMany::Many(values) => {
                            pairs.extend(values.into_iter().map(|value| (name.clone(), value)));
                        }
                    }
                }
                Ok(QueryMap { pairs })
            }
        }
        deserializer.deserialize_map(OfMap)
    }
}

/// Parameters that do not fit a type.
#[derive(Clone, PartialEq, Eq)]
pub struct InvalidParameters(String);

impl fmt::Display for InvalidParameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for InvalidParameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for InvalidParameters {}

impl serde::de::Error for InvalidParameters {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// The values of one name: the first for what is one value, all for a list.
struct Values<'a> {
    name: &'a str,
    values: Vec<&'a str>,
}

impl<'a> Values<'a> {
    fn first(&self) -> &'a str {
        self.values.first().copied().unwrap_or_default()
    }

    fn parsed<T: FromStr<Err: fmt::Display>>(&self) -> Result<T, InvalidParameters> {
        let value = self.first();
        value.parse().map_err(|error| {
            InvalidParameters(format!("the parameter `{}` is {value:?}: {error}", self.name))
        })
    }
}

impl<'a, 'de> IntoDeserializer<'de, InvalidParameters> for Values<'a> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! parsed {
    ($($method:ident $visit:ident,)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, InvalidParameters> {
            visitor.$visit(self.parsed()?)
        })*
    };
}

impl<'de> Deserializer<'de> for Values<'_> {
    type Error = InvalidParameters;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, InvalidParameters> {
        visitor.visit_str(self.first())
    }

    parsed! {
        deserialize_bool visit_bool,
        deserialize_i8 visit_i8,
        deserialize_i16 visit_i16,
        deserialize_i32 visit_i32,
        deserialize_i64 visit_i64,
        deserialize_u8 visit_u8,
        deserialize_u16 visit_u16,
        deserialize_u32 visit_u32,
        deserialize_u64 visit_u64,
        deserialize_f32 visit_f32,
        deserialize_f64 visit_f64,
        deserialize_char visit_char,
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, InvalidParameters> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, InvalidParameters> {
        let name = self.name;
        let values = self.values.into_iter().map(|value| Values { name, values: vec![value] });
        visitor.visit_seq(SeqDeserializer::new(values))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, InvalidParameters> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, InvalidParameters> {
        visitor.visit_enum(Unit(self))
    }

    forward_to_deserialize_any! {
        i128 u128 str string bytes byte_buf unit unit_struct tuple tuple_struct map struct identifier ignored_any
    }
}

/// A value as the name of a variant.
struct Unit<'a>(Values<'a>);

impl<'de> EnumAccess<'de> for Unit<'_> {
    type Error = InvalidParameters;
    type Variant = Nothing;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Nothing), InvalidParameters> {
        Ok((seed.deserialize(self.0)?, Nothing))
    }
}

/// A variant has no data.
struct Nothing;

impl Nothing {
    fn refused<T>() -> Result<T, InvalidParameters> {
        Err(InvalidParameters("a parameter cannot be a variant with data".to_owned()))
    }
}

impl<'de> VariantAccess<'de> for Nothing {
    type Error = InvalidParameters;

    fn unit_variant(self) -> Result<(), InvalidParameters> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, InvalidParameters> {
        Self::refused()
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, InvalidParameters> {
        Self::refused()
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, InvalidParameters> {
        Self::refused()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_decoded_once_and_keeps_its_order_and_its_duplicates() {
        let query: QueryMap = "b=1&a=%2520&b=2+3&empty&=x&%ff=%".parse().unwrap();
        let pairs: Vec<_> = query.iter().collect();
        assert_eq!(
            pairs,
            [("b", "1"), ("a", "%20"), ("b", "2 3"), ("empty", ""), ("", "x"), ("\u{fffd}", "%")]
        );
        assert_eq!(query.all("c"), None);
        assert_eq!(query.to_query_string().parse::<QueryMap>().unwrap(), query);
    }

    #[test]
    fn parameters_become_the_types_that_are_asked_for_and_errors_name_them() {
        #[derive(Debug, PartialEq, serde::Deserialize)]
        #[serde(rename_all = "lowercase")]
        enum Order {
            Up,
        }
        #[derive(Debug, PartialEq, serde::Deserialize)]
        struct Typed {
            id: u64,
            exact: bool,
            order: Order,
            tag: Vec<i8>,
            none: Option<u8>,
        }
        let query: QueryMap = "id=7&exact=true&order=up&tag=1&tag=-2&other=x".parse().unwrap();
        let typed: Typed = query.decode().unwrap();
        assert_eq!(typed, Typed { id: 7, exact: true, order: Order::Up, tag: vec![1, -2], none: None });
        let wrong: QueryMap = "id=seven".parse().unwrap();
        let error = wrong.decode::<Typed>().unwrap_err().to_string();
        assert_eq!(error, "the parameter `id` is \"seven\": invalid digit found in string");
        let missing = QueryMap::default().decode::<Typed>().unwrap_err().to_string();
        assert!(missing.contains("missing field `id`"), "{missing}");
    }
}
