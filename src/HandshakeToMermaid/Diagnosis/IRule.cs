using HandshakeToMermaid.Correlation;

namespace HandshakeToMermaid.Diagnosis;

/// <summary>Recognises one kind of trouble in a connection.</summary>
internal interface IRule
{
    /// <summary>The finding; null where the rule does not apply. Must not judge what the capture does not show.</summary>
    Finding? Examine(Connection connection);

    /// <summary>True for a rule that does not apply to established connections: it is not run on them.</summary>
    bool IsAboutFailure => false;

    /// <summary>True for a rule that reports a symptom and runs only where no other rule found an error.</summary>
    bool IsLastResort => false;

    /// <summary>Codes of findings that explain what this rule finds: where one of them is there, this one is folded under it.</summary>
    IReadOnlyList<string> ExplainedBy => [];
}
