using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>A question that was sent, and the earlier ones of the same transaction, as far as they are remembered.</summary>
/// <param name="transaction">The message that asked it.</param>
/// <param name="waiting">The query that it is part of.</param>
/// <param name="asked">When it was sent.</param>
internal sealed class AskedQuestion(DnsTransaction transaction, WaitingQuery waiting, Timestamp asked)
{
    private AskedQuestion? earlier;

    /// <summary>The message that asked it.</summary>
    public DnsTransaction Transaction { get; } = transaction;

    /// <summary>The query that it is part of.</summary>
    public WaitingQuery Waiting { get; } = waiting;

    /// <summary>When it was sent.</summary>
    public Timestamp Asked { get; } = asked;

    /// <summary>This question or an earlier one, by name (in lower case: resolvers may change case, answers echo it) and type; null where it is not remembered.</summary>
    public AskedQuestion? Find(string name, DnsRecordType type)
    {
        for (var one = this; one is not null; one = one.earlier)
        {
            if (one.Waiting.Question.Type == type && one.Waiting.Question.Name == name) return one;
        }

        return null;
    }

    /// <summary>Follows earlier questions of the same transaction; of the same question only the last one counts.</summary>
    public void Follow(AskedQuestion before)
    {
        earlier = before;
        var last = this;
        for (var count = 1; last.earlier is { } next; count++)
        {
            var isRepeated = next.Waiting.Question.Name == Waiting.Question.Name && next.Waiting.Question.Type == Waiting.Question.Type;
            if (isRepeated) last.earlier = next.earlier;
            else if (count == MaxQuestions) last.earlier = null;
            else last = next;
        }
    }

    /// <summary>Forgets a question.</summary>
    /// <returns>True where nothing is left: the newest is forgotten last.</returns>
    public bool Forget(AskedQuestion old)
    {
        if (old == this) return true;
        for (var one = this; one.earlier is { } next; one = next)
        {
            if (next != old) continue;
            one.earlier = old.earlier;
            break;
        }

        return false;
    }

    /// <summary>Questions of one transaction: clients ask one, some A and AAAA under the same id.</summary>
    private const int MaxQuestions = 8;
}
