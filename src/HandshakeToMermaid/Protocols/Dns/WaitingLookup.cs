using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>A look-up in the making.</summary>
internal sealed class WaitingLookup(NameLookup lookup, WaitingQuestion question)
{
    public NameLookup Lookup { get; } = lookup;

    public WaitingQuestion Question { get; } = question;

    /// <summary>Answered or given up; it stays known so that late and double answers are recognised.</summary>
    public bool IsOver { get; set; }

    /// <summary>The first truncated answer.</summary>
    public FrameMark Truncated { get; set; }

    /// <summary>Entries of the order of questions that still stand for it.</summary>
    public int Open { get; set; }

    public bool IsMulticast => Question.Resolver == default;
}
