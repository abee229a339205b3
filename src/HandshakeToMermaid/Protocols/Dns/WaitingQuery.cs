using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>A query that awaits its answer.</summary>
internal sealed class WaitingQuery(DnsQuery query, WaitingQuestion question)
{
    private DnsQuery? query = query;

    /// <summary>What is in the making; not to be asked for once it is over.</summary>
    public DnsQuery Lookup => query ?? throw new InvalidOperationException("The look-up is over.");

    public WaitingQuestion Question { get; } = question;

    /// <summary>The query where it was sent more than once: a late answer shows that none of them was lost.</summary>
    public DnsQuery? Repeated { get; private set; }

    /// <summary>Answered or given up; it stays known so that late and double answers are recognised.</summary>
    public bool IsOver => query is null;

    /// <summary>The first truncated answer.</summary>
    public FrameMark Truncated { get; set; }

    /// <summary>Entries of the order of questions that still stand for it.</summary>
    public int Open { get; set; }

    /// <summary>Releases the query: others hold it as long as they need it.</summary>
    public DnsQuery End()
    {
        var ended = Lookup;
        ended.IsOver = true;
        if (ended.Questions.Count > 1) Repeated = ended;
        query = null;
        return ended;
    }

    public bool IsMulticast => Question.Resolver == default;
}
