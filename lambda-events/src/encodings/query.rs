use super::Map;

/// Parameters as services send them that keep one value per name.
impl Map<String> {
    /// The value of a parameter.
    ///
    /// ```
    /// use lambda_events::encodings::Map;
    ///
    /// let query = Map::from([("page", "2".to_owned())]);
    /// assert_eq!(query.first("page"), Some("2"));
    /// ```
    pub fn first(&self, name: &str) -> Option<&str> {
        self.get(name).map(String::as_str)
    }

    /// The value of a parameter, as the list of one that it is.
    pub fn all(&self, name: &str) -> Option<Vec<&str>> {
        self.first(name).map(|value| vec![value])
    }
}

/// Parameters and headers as services send them that keep every value of a name.
impl Map<Vec<String>> {
    /// The first value of a parameter or header.
    ///
    /// ```
    /// use lambda_events::encodings::Map;
    ///
    /// let query = Map::from([("tag", vec!["a".to_owned(), "b".to_owned()])]);
    /// assert_eq!((query.first("tag"), query.all("tag")), (Some("a"), Some(vec!["a", "b"])));
    /// ```
    pub fn first(&self, name: &str) -> Option<&str> {
        self.get(name)?.first().map(String::as_str)
    }

    /// Every value of a parameter or header, in the order of the request.
    pub fn all(&self, name: &str) -> Option<Vec<&str>> {
        self.get(name).map(|values| values.iter().map(String::as_str).collect())
    }
}
