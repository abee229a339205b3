namespace HandshakeToMermaid.Templating.Syntax.Expressions;

/// <summary>The operators between two values.</summary>
internal enum BinaryOperator
{
    /// <summary><c>??</c></summary>
    IfNull,

    /// <summary><c>?!</c></summary>
    IfNotNull,

    /// <summary><c>||</c></summary>
    Or,

    /// <summary><c>&amp;&amp;</c></summary>
    And,

    /// <summary><c>==</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,

    /// <summary><c>+</c></summary>
    Add,

    /// <summary><c>-</c></summary>
    Subtract,

    /// <summary><c>*</c></summary>
    Multiply,

    /// <summary><c>/</c></summary>
    Divide,

    /// <summary><c>//</c></summary>
    DivideWhole,

    /// <summary><c>%</c></summary>
    Modulus,

    /// <summary><c>&lt;&lt;</c></summary>
    ShiftLeft,

    /// <summary><c>&gt;&gt;</c></summary>
    ShiftRight,

    /// <summary><c>..</c></summary>
    Range,

    /// <summary><c>..&lt;</c></summary>
    RangeExclusive,
}
