namespace HandshakeToMermaid.Templating.Runtime;

/// <summary>
/// Sameness and order of single values, as <c>array.uniq</c>, <c>array.contains</c> and <c>array.sort</c> see them:
/// without the conversions that <c>==</c> and <c>&lt;</c> make. Text is ordered by its code units.
/// </summary>
internal sealed class ValueComparer : IEqualityComparer<object?>, IComparer<object?>
{
    public static ValueComparer Instance { get; } = new();

    public new bool Equals(object? x, object? y) =>
        Values.TryInteger(x, out var left) && Values.TryInteger(y, out var right) ? left == right : object.Equals(x, y);

    public int GetHashCode(object value) => Values.TryInteger(value, out var integer) ? integer.GetHashCode() : value.GetHashCode();

    /// <exception cref="InvalidCastException">The values are of different kinds.</exception>
    public int Compare(object? x, object? y)
    {
        if (x is null || y is null) return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        if (x is string xText && y is string yText) return string.CompareOrdinal(xText, yText);
        if (Values.TryInteger(x, out var xInteger) && Values.TryInteger(y, out var yInteger)) return xInteger.CompareTo(yInteger);
        if (x is double xDouble && y is double yDouble) return xDouble.CompareTo(yDouble);
        if (x is bool xBool && y is bool yBool) return xBool.CompareTo(yBool);
        throw new InvalidCastException($"{Values.KindOf(x)} and {Values.KindOf(y)} have no order");
    }
}
