using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Exchange;

/// <summary>The member "drawing" of a row: steps, bands and exact times.</summary>
internal sealed class RowDrawing
{
    private readonly RowValue drawing;
    private readonly Timestamp start;
    private readonly Dictionary<string, Phase> phases = new(StringComparer.Ordinal);
    private readonly List<Step> numbered;

    /// <summary>Reads it.</summary>
    /// <exception cref="RowException">It is not what this program writes.</exception>
    public RowDrawing(RowValue drawing, Timestamp start)
    {
        (this.drawing, this.start) = (drawing, start);
        foreach (var phase in drawing.Items("phases", MostPhases)) phases[phase["name"].Text()] = NewPhase(phase);
        Steps = StepsOf(drawing, isAttempt: false);
        var beside = drawing.Items("attempts", drawing.Limits.StepsPerRow).ConvertAll(AttemptOf);
        Attempts = beside.FindAll(static a => a.Lane is null);
        Lane = beside.Find(static a => a.Lane is not null);
        if (beside.Count > Attempts.Count + (Lane is null ? 0 : 1) || (Lane is not null && beside[^1].Lane is null)) throw new RowException("drawing.attempts has a lane in a place that is not the last");
        numbered = [.. Steps, .. beside.SelectMany(a => a.Steps)];
        if (numbered.Count > drawing.Limits.StepsPerRow) throw new RowException($"{drawing.Path} has more than {drawing.Limits.StepsPerRow} steps");
        Facts = drawing.Items("protocols", MostPhases).ConvertAll(FactsOf);
    }

    /// <summary>The steps of the connection.</summary>
    public IReadOnlyList<Step> Steps { get; }

    /// <summary>Other addresses that were tried first.</summary>
    public IReadOnlyList<Attempt> Attempts { get; }

    /// <summary>The other lane of its visit, where that is drawn with it; null elsewhere.</summary>
    public Attempt? Lane { get; }

    /// <summary>The protocols.</summary>
    public IReadOnlyList<ProtocolFacts> Facts { get; }

    /// <summary>A direction by its name.</summary>
    public static Direction DirectionOf(RowValue value) => value.Text() switch
    {
        "forward" => Direction.Forward,
        "reverse" => Direction.Reverse,
        _ => throw value.Wrong("forward or reverse"),
    };

    /// <summary>The phase of that name.</summary>
    public Phase PhaseOf(RowValue name) => Phase.Named(name.Text()) ?? phases.GetValueOrDefault(name.Text()) ?? throw name.Wrong("a phase");

    /// <summary>The step that a finding or a check is about; null where none is named.</summary>
    public Step? StepOf(RowValue value) => value.Optional("step") is { } number ? numbered.ElementAtOrDefault((int)number.Number(0, int.MaxValue)) ?? throw number.Wrong("the number of a step") : null;

    /// <summary>From one moment to another; null where the member is absent.</summary>
    public TimeSpanned? SpanOf(RowValue times, string name)
    {
        if (times.Optional(name) is not { } span) return null;
        return span.Items(2) is [var from, var to] ? new TimeSpanned(from.Since(start), to.Since(start)) : throw span.Wrong("two moments");
    }

    /// <summary>The outcome's class: one of this program's, or the one that the row describes.</summary>
    public OutcomeClass OutcomeClassOf(string name)
    {
        if (OutcomeClass.Named(name) is { } known) return known;
        if (drawing.Optional("outcome") is not { } own) throw new RowException("outcome.class is not known to this version");
        return new OutcomeClass(name, own["kind"].Text() switch { "completed" => OutcomeKind.Completed, "failed" => OutcomeKind.Failed, _ => OutcomeKind.NotJudged }, new OutcomeWords(own["sentence"].Text())
        {
            SentenceByNetwork = own.TextOf("sentence_by_network"),
            Short = own.TextOf("short"),
            Verdict = own.TextOf("verdict"),
            FailureHeader = own.TextOf("failure_header"),
        })
        {
            FailedIn = own.Optional("failed_in") is { } role ? RoleOf(role) : null,
            IsUnanswered = own.Flag("unanswered"),
        };
    }

    /// <summary>Where the server has no address, nothing but a resolution can have been seen.</summary>
    public void RequireResolutionOnly(bool hasFlow)
    {
        if (hasFlow || Attempts.Count > 0 || Lane is not null || Steps.Any(s => s.Helper is null) || drawing.Items("checks").Exists(c => c.Optional("step") is not null))
            throw new RowException("the server has no address, and more than a resolution is drawn");
    }

    private static Phase NewPhase(RowValue phase) => new(
        phase["name"].Text(), phase["title"].Text(), (int)phase["order"].Number(int.MinValue, int.MaxValue), RoleOf(phase["role"]), BandColor.Named(phase["color"].Text()) ?? BandColor.Gray);

    private static PhaseRole RoleOf(RowValue role) => role.Text() switch
    {
        "resolution" => PhaseRole.Resolution,
        "transport" => PhaseRole.Transport,
        "upgrade" => PhaseRole.Upgrade,
        "handshake" => PhaseRole.Handshake,
        "data" => PhaseRole.Data,
        "close" => PhaseRole.Close,
        _ => throw role.Wrong("the role of a phase"),
    };

    private RecordedFacts FactsOf(RowValue facts) => new(facts["name"].Text(), facts.Optional("phase") is { } phase ? new PhaseSpan(
        PhaseOf(phase), facts["title"].Text(), facts.Texts("marks"), facts.Mark("start", start), facts.Mark("done", start), facts.Optional("round_trips") is { } trips ? (double)trips.Milliseconds().Nanoseconds / 1_000_000 : null)
        { Remark = facts.TextOf("remark") } : null)
    {
        Server = facts.Optional("behind") is { } behind ? new ServerBehind(behind.TextOf("host"), behind.Optional("port")?.Port()) : null,
        Encryption = facts.TextOf("encrypted_from"),
        Verdict = facts.TextOf("verdict"),
    };

    private Attempt AttemptOf(RowValue attempt) => new(
        new IpEndpoint(attempt["address"].Address(), attempt["port"].Port()), StepsOf(attempt, isAttempt: true), attempt["start"].Mark(start), attempt.Flag("reset"))
    {
        Lane = attempt.Optional("lane") is { } lane ? LaneOf(lane) : null,
    };

    private static Lane LaneOf(RowValue lane) => new(
        lane["transport"].Text() is "quic" or "tcp" ? lane["transport"].Text() : throw lane["transport"].Wrong("quic or tcp"),
        Titled(lane["title"]), Titled(lane["how"]), lane["outcome"].Text(), DirectionOf(lane["client"]), lane.Flag("answered"));

    private List<Step> StepsOf(RowValue parent, bool isAttempt) => parent.Items("steps", drawing.Limits.StepsPerRow).ConvertAll(step => StepOf(step, isAttempt));

    private Step StepOf(RowValue step, bool isAttempt)
    {
        var (phase, helper) = (PhaseOf(step["phase"]), step.TextOf("helper"));
        if (helper is not null && isAttempt) throw new RowException($"{step.Path}.helper is not expected there");
        if (helper is null && phase.Role == PhaseRole.Resolution) throw new RowException($"{step.Path}.helper is missing");
        var first = step.Mark("first", start);
        return new RecordedStep(phase, Titled(step["title"]), LevelOf(step), step.Items("facts", drawing.Limits.StepsPerRow).ConvertAll(FactOf))
        {
            From = DirectionOf(step["from"]),
            First = first,
            Last = step.Optional("last") is { } last ? last.Mark(start) : first,
            Provenance = step.TextOf("sight") switch { null => Provenance.Clear, "decrypted" => Provenance.Decrypted, "inferred" => Provenance.Inferred, _ => throw step["sight"].Wrong("decrypted or inferred") },
            Achieved = step.TextOf("explanation"),
            HelperName = helper,
            RouterName = step.TextOf("router"),
            IsUndelivered = step.Flag("undelivered"),
            IsEarlyData = step.Flag("early_data"),
            Flags = FlagsOf(step),
        };
    }

    private static string Titled(RowValue title) => title.Text() is { Length: > 0 } text ? text : throw title.Wrong("a title");

    private static Detail LevelOf(RowValue step) => step.TextOf("level") switch { null => Detail.Brief, "normal" => Detail.Normal, "full" => Detail.Full, _ => throw step["level"].Wrong("normal or full") };

    private static StepFact FactOf(RowValue fact) => new(fact.Flag("brief") ? Detail.Brief : Detail.Normal, fact.TextOf("name") ?? "", fact["text"].Text());

    private static StepFlags FlagsOf(RowValue step)
    {
        var flags = StepFlags.None;
        foreach (var (name, flag) in Flags)
        {
            if (step.Flag(name)) flags |= flag;
        }

        return flags;
    }

    private static readonly (string Name, StepFlags Flag)[] Flags =
    [
        ("dead_end", StepFlags.DeadEnd), ("routine", StepFlags.Routine), ("end_of_stream", StepFlags.EndOfStream), ("repeated", StepFlags.Repeated),
        ("minor", StepFlags.Minor), ("recovery", StepFlags.Recovery), ("encrypted", StepFlags.Encrypted),
    ];

    private const int MostPhases = 64;
}
