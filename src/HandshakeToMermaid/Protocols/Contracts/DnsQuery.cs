using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>One question to a resolver and what came back: the clue by which a connection gets its name.</summary>
internal sealed class DnsQuery
{
    private FrameMark question;
    private List<FrameMark>? repetitions;

    /// <summary>Order of first sight among all flows and DNS queries of the capture.</summary>
    public required long Ordinal { get; init; }

    /// <summary>The capture in which it was asked.</summary>
    public required string Capture { get; init; }

    /// <summary>The client.</summary>
    public required IpEndpoint Client { get; init; }

    /// <summary>The resolver.</summary>
    public required IpEndpoint Resolver { get; init; }

    /// <summary>The name in question, as on the wire, without the final dot.</summary>
    public required string Name { get; init; }

    /// <summary>The record type in question: A, AAAA, HTTPS, TYPE999.</summary>
    public required string Type { get; init; }

    /// <summary>"udp" or "tcp": what the final answer came by; what was asked last where none came.</summary>
    public string Transport { get; set; } = "udp";

    /// <summary>Every time the question was sent.</summary>
    public FrameMarks Questions => new(question, repetitions);

    /// <summary>The frame of the answer; not set where none came.</summary>
    public FrameMark Answer { get; set; }

    /// <summary>The answer's code (NOERROR, NXDOMAIN, ...); null where none came.</summary>
    public string? Rcode { get; set; }

    /// <summary>The answer's records in presentation format: an address, "CNAME www.example.net", "alpn h3, h2".</summary>
    public IReadOnlyList<string> Answers { get; set; } = [];

    /// <summary>The addresses in the answer.</summary>
    public IReadOnlyList<IpAddress> Addresses { get; set; } = [];

    /// <summary>Why the resolver could not answer, in its own words (RFC 8914): "9 DNSKEY Missing: no SEP matching the DS found".</summary>
    public IReadOnlyList<string> ExtendedErrors { get; set; } = [];

    /// <summary>The frame of a truncated answer after which the question was asked again over TCP.</summary>
    public FrameMark Truncated { get; set; }

    /// <summary>What could not be read of the answer.</summary>
    public IReadOnlyList<Unparsed> Unparsed { get; set; } = [];

    /// <summary>False while an answer may still come; such a query is drawn as far as it got.</summary>
    public bool IsOver { get; set; }

    /// <summary>True where it was given up while an answer could still come, because too many were open.</summary>
    public bool IsEvicted { get; set; }

    /// <summary>Answers that came, late ones included. As many as <see cref="Questions"/>: none was lost, the resolver was only slow.</summary>
    public int AnswersSeen { get; set; }

    /// <summary>
    /// Whether its HTTPS or SVCB records hold keys for Encrypted ClientHello (RFC 9848); false where the name has no such record, null where
    /// nothing of the kind was asked or answered.
    /// </summary>
    public bool? HasEchConfiguration { get; set; }

    /// <summary>The first frame seen of it: the question's, or the answer's where the question was not captured.</summary>
    public FrameMark First => question.IsSet ? question : Answer;

    /// <summary>Questions sent after the first.</summary>
    public int Retries => Math.Max(0, Questions.Count - 1);

    /// <summary>True where an answer came and holds an error code, or none came at all.</summary>
    public bool IsFailure => !Answer.IsSet || Rcode != "NOERROR";

    /// <summary>From the first question to the answer; null where none came.</summary>
    public Duration? Duration => Answer.IsSet && Questions.Count > 0 ? Answer.Time - Questions[0].Time : null;

    /// <summary>True where it asks for addresses: A, AAAA, or whatever there is.</summary>
    public bool IsForAddress => Type is "A" or "AAAA" or "ANY";

    /// <summary>True where it does not change any more.</summary>
    internal bool IsFinal => IsOver && Questions.Count <= 1;

    /// <summary>True where its client went on to the server that it asked for: the answer was given, and not captured.</summary>
    internal bool IsAnswerMissing { get; private init; }

    /// <summary>The question was sent, for the first time or again.</summary>
    internal void Ask(FrameMark mark)
    {
        if (question.IsSet) (repetitions ??= new(1)).Add(mark);
        else question = mark;
    }

    /// <summary>A snapshot whose answer is known to be missing from the capture.</summary>
    internal DnsQuery WithoutAnswer() => Snapshot(isAnswerMissing: true);

    /// <summary>A snapshot, which later frames do not change.</summary>
    internal DnsQuery Snapshot() => Snapshot(isAnswerMissing: false);

    private DnsQuery Snapshot(bool isAnswerMissing)
    {
        var copy = new DnsQuery
        {
            Ordinal = Ordinal,
            Capture = Capture,
            Client = Client,
            Resolver = Resolver,
            Name = Name,
            Type = Type,
            Transport = Transport,
            Answer = Answer,
            Rcode = Rcode,
            Answers = Answers,
            Addresses = Addresses,
            ExtendedErrors = ExtendedErrors,
            Truncated = Truncated,
            Unparsed = isAnswerMissing ? [.. Unparsed, new Unparsed(UnparsedReason.Gap, $"the answer from {Resolver.Address} was not captured", [Questions.Count > 0 ? Questions[^1].Frame : 0])] : Unparsed,
            IsAnswerMissing = isAnswerMissing,
            IsOver = IsOver,
            IsEvicted = IsEvicted,
            AnswersSeen = AnswersSeen,
            HasEchConfiguration = HasEchConfiguration,
        };
        copy.question = question;
        copy.repetitions = repetitions is null ? null : [.. repetitions];
        return copy;
    }
}
