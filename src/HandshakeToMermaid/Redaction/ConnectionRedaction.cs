using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Redaction;

/// <summary>Replaces the values of one connection: a new connection that shares nothing displayable with the old one.</summary>
internal sealed class ConnectionRedaction(Vocabulary vocabulary, Pseudonyms pseudonyms, TimeShift? shift)
{
    private readonly Dictionary<Step, RedactedStep> steps = new(ReferenceEqualityComparer.Instance);

    /// <summary>The connection with pseudonyms.</summary>
    public DiagnosedConnection Of(DiagnosedConnection diagnosed)
    {
        var connection = diagnosed.Connection;
        var facts = connection.Facts.Select(f => (ProtocolFacts)new RedactedFacts(f, this)).ToList();
        var redacted = new Connection
        {
            Id = connection.Id,
            Capture = Field(connection.Capture)!,
            Transport = connection.Transport,
            Client = Of(connection.Client),
            Server = Of(connection.Server),
            Proxy = connection.Proxy is { } proxy ? Of(proxy) : null,
            First = Of(connection.First),
            Last = Of(connection.Last),
            Queries = [.. connection.Queries.Select(Of)],
            Flow = connection.Flow,
            Facts = facts,
            Steps = [.. connection.Steps.Select(Of)],
            Attempts = [.. connection.Attempts.Select(Of)],
            Lane = connection.Lane is { } lane ? Of(lane) with { Lane = lane.Lane! with { Facts = [] } } : null,
            Visit = connection.Visit is { } visit ? visit with { Other = Of(visit.Other) } : null,
            Timing = Of(connection.Timing),
            Outcome = connection.Outcome,
            FlowStart = connection.FlowStart is { } flowStart ? Of(flowStart) : null,
            Unparsed = [.. connection.Unparsed.Select(Of)],
        };
        return new DiagnosedConnection(redacted, [.. diagnosed.Findings.Select(Of)])
        {
            Inspections = [new RedactedChecks([.. diagnosed.Checks.Select(Of)])],
        };
    }

    /// <summary>The step with pseudonyms; the same object for the same step.</summary>
    public Step Of(Step step)
    {
        if (!steps.TryGetValue(step, out var redacted)) steps[step] = redacted = RedactedStep.Of(step, this);
        return redacted;
    }

    /// <summary>A frame and its time, shifted where times are.</summary>
    public FrameMark Of(FrameMark mark) => shift?.Of(mark) ?? mark;

    /// <summary>What could not be read, with pseudonyms.</summary>
    public Unparsed Of(Unparsed unparsed) => unparsed with { Detail = Text(unparsed.Detail) };

    /// <summary>A text that is a value, or holds one.</summary>
    public string? Field(string? text) => text is null ? null : Dates(vocabulary.Field(text)!);

    /// <summary>A text of this program.</summary>
    public string Text(string text) => Dates(vocabulary.Text(text));

    /// <summary>The title of a step: the protocol's word for it, or a first line from the wire.</summary>
    public string Title(string text) => vocabulary.Title(text);

    /// <summary>A text of a peer: nothing of it stays.</summary>
    public string FreeText(string text) => vocabulary.Field(text) is { } known && known != text ? known : "(text removed)";

    private string Dates(string text) => shift is null ? text : shift.Text(text);

    private IpEndpoint Of(IpEndpoint endpoint) => new(pseudonyms.Of(endpoint.Address), endpoint.Port);

    private Attempt Of(Attempt attempt) => attempt with { Server = Of(attempt.Server), Steps = [.. attempt.Steps.Select(Of)], Start = Of(attempt.Start) };

    private Party Of(Party party) => new(party.Endpoint is { } endpoint ? Of(endpoint) : null, Field(party.Name));

    private Finding Of(Finding finding) => finding with
    {
        Title = Text(finding.Title),
        Cause = Dates(vocabulary.Sentence(finding.Cause)),
        Fix = Text(finding.Fix),
        Aliases = [.. finding.Aliases.Select(Text)],
        At = finding.At is { } step ? Of(step) : null,
    };

    private Check Of(Check check) => check with
    {
        Text = Text(check.Text),
        Signers = [.. check.Signers.Select(s => Field(s)!)],
        At = check.At is { } step ? Of(step) : null,
    };

    private DnsQuery Of(DnsQuery query)
    {
        var copy = new DnsQuery
        {
            Ordinal = query.Ordinal,
            Capture = Field(query.Capture)!,
            Client = Of(query.Client),
            Resolver = Of(query.Resolver),
            Name = Field(query.Name)!,
            Type = query.Type,
            Transport = query.Transport,
            Answer = Of(query.Answer),
            Rcode = query.Rcode,
            Answers = [.. query.Answers.Select(a => Field(a)!)],
            Addresses = [.. query.Addresses.Select(pseudonyms.Of)],
            ExtendedErrors = [.. query.ExtendedErrors.Select(e => Field(e)!)],
            Truncated = Of(query.Truncated),
            Unparsed = [.. query.Unparsed.Select(Of)],
            IsOver = query.IsOver,
            AnswersSeen = query.AnswersSeen,
            HasEchConfiguration = query.HasEchConfiguration,
        };
        foreach (var question in query.Questions) copy.Ask(Of(question));
        return copy;
    }

    private Timing Of(Timing timing)
    {
        if (shift is null) return timing;
        return new Timing(timing.Dns, timing.Tcp, timing.Tls, timing.Total, timing.RoundTrip, timing.ServerThink, timing.ClientThink)
        {
            Start = shift.Of(timing.Start),
            End = timing.End is { } end ? shift.Of(end) : null,
            DnsTime = Of(timing.DnsTime),
            TcpTime = Of(timing.TcpTime),
            HandshakeTime = Of(timing.HandshakeTime),
            HandshakePhase = timing.HandshakePhase,
        };
    }

    private TimeSpanned? Of(TimeSpanned? span) => span is { } known ? new TimeSpanned(shift!.Of(known.Start), shift.Of(known.End)) : null;
}
