using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Exchange;

/// <summary>Makes a connection of a row.</summary>
/// <param name="row">The row.</param>
/// <param name="tunnels">The tunnels of all rows so far: the same one is the same object.</param>
internal sealed class RowConnection(RowValue row, Dictionary<string, EncapsulationPath> tunnels)
{
    /// <summary>The connection with its findings.</summary>
    /// <exception cref="RowException">The row is not what this program writes.</exception>
    public DiagnosedConnection Read()
    {
        if (row.Optional("schema") is not { } schema) throw new RowException("the row has no schema: it was not written by 'h2m list --json'");
        if (schema.Text() != Schema) throw new RowException($"the row's schema is not {Schema}, which this version reads");
        if (row.Optional("drawing") is not { } drawing) throw new RowException("the row does not hold what is drawn: 'h2m list --json --drawable' writes it");
        var start = row["start"].Moment();
        var client = PartyOf(row["client"]);
        var server = PartyOf(row["server"]);
        if (client.Endpoint is null) throw row["client"].Wrong("an end with address and port");
        var drawn = new RowDrawing(drawing, start);
        var flow = OutlineOf(drawing);
        if (server.Endpoint is null) drawn.RequireResolutionOnly(flow is not null);
        Party? proxy = row.Optional("proxy_server") is { } between ? PartyOf(between) : null;
        if (proxy is not null && !drawn.Facts.Any(f => f.Behind is not null)) throw new RowException("proxy_server is there, and no server behind it is drawn");
        var connection = new Connection
        {
            Id = (int)row["id"].Number(0, int.MaxValue),
            Capture = row["capture"].Text(),
            Transport = row["protocol"].Text(),
            Client = client,
            Server = server,
            Proxy = proxy,
            First = new FrameMark(row["first_frame"].Frame(), start),
            Last = new FrameMark(row["last_frame"].Frame(), drawing["last_ns"].Since(start)),
            Queries = QueriesOf(drawing, start, client.Endpoint.Value),
            Flow = null,
            Outline = flow,
            FlowStart = drawing.Optional("flow")?.Mark("first", start) is { IsSet: true } first ? first : null,
            Facts = drawn.Facts,
            Steps = drawn.Steps,
            Attempts = drawn.Attempts,
            Lane = drawn.Lane,
            Visit = row.Optional("visit") is { } visit ? VisitOf(visit) : null,
            Timing = TimingOf(drawing["times"], start, drawn),
            Waits = row["timing"].Items("waits").ConvertAll(WaitOf),
            Outcome = OutcomeOf(row["outcome"], drawn),
            Unparsed = row.Items("unread").ConvertAll(u => new Unparsed(UnparsedReason.Fault, u["detail"].Text(), FramesOf(u))),
        };
        return new DiagnosedConnection(connection, Paired("findings", drawing, drawn, FindingOf)) { Inspections = [new RecordedChecks(Paired("checks", drawing, drawn, CheckOf))] };
    }

    private static Party PartyOf(RowValue party)
    {
        IpEndpoint? endpoint = party.Optional("address") is { } address && party.Optional("port") is { } port ? new IpEndpoint(address.Address(), port.Port()) : null;
        return new Party(endpoint, party.TextOf("name"));
    }

    private FlowOutline? OutlineOf(RowValue drawing)
    {
        if (drawing.Optional("flow") is not { } flow) return null;
        return new FlowOutline(RowDrawing.DirectionOf(flow["client"]), flow.Flag("joined_midway"), TunnelOf(flow));
    }

    private EncapsulationPath? TunnelOf(RowValue flow)
    {
        if (row.Optional("tunnels") is not { } layers) return null;
        List<(string Name, uint Id)> read = layers.Items(row.Limits.EncapsulationDepth).ConvertAll(static layer => (layer["type"].Text(), (uint)(layer.Optional("id")?.Number(0, uint.MaxValue) ?? 0)));
        var key = $"{flow.Optional("tunnel")?.Number(0, int.MaxValue) ?? 0} {string.Join(' ', read)}";
        if (tunnels.TryGetValue(key, out var known)) return known;
        EncapsulationPath? path = null;
        foreach (var (name, id) in read) path = new EncapsulationPath(path, new EncapsulationLayer(name, id, default, default), tunnels.Count + 1);
        if (path is not null && tunnels.Count < row.Limits.EncapsulationPaths) tunnels[key] = path;
        return path;
    }

    private List<DnsQuery> QueriesOf(RowValue drawing, Timestamp start, IpEndpoint client)
    {
        var (queries, drawn) = (row.Items("dns"), drawing.Items("queries"));
        if (queries.Count != drawn.Count) throw new RowException("drawing.queries has not as many items as dns");
        return [.. queries.Zip(drawn, (query, more) => QueryOf(query, more, start, client))];
    }

    private DnsQuery QueryOf(RowValue query, RowValue more, Timestamp start, IpEndpoint client)
    {
        var read = new DnsQuery
        {
            Ordinal = 0,
            Capture = row["capture"].Text(),
            Client = client,
            Resolver = new IpEndpoint(query["resolver"].Address(), 0),
            Name = query["name"].Text(),
            Type = query["type"].Text(),
            Transport = query["transport"].Text(),
            Rcode = query.TextOf("rcode"),
            Answers = query.Texts("answers"),
            Answer = query.Optional("answer_frame") is { } answer ? new FrameMark(answer.Frame(), start) : default,
            Addresses = [.. more.Items("addresses").Select(a => a.Address())],
            Truncated = more.Flag("truncated") ? new FrameMark(1, start) : default,
            IsOver = true,
        };
        if (query.Optional("query_frame") is { } asked)
        {
            for (var i = query["retries"].Number(0, row.Limits.StepsPerRow); i >= 0; i--) read.Ask(new FrameMark(asked.Frame(), start));
        }

        return read;
    }

    private Timing TimingOf(RowValue times, Timestamp start, RowDrawing drawn)
    {
        var written = row["timing"];
        var handshake = drawn.SpanOf(times, "handshake");
        return new Timing(
            written.Milliseconds("dns_ms"), written.Milliseconds("tcp_ms"), written.Milliseconds("tls_ms"), written.Milliseconds("total_ms"),
            written.Milliseconds("round_trip_ms"), written.Milliseconds("server_think_ms"), written.Milliseconds("client_think_ms"))
        {
            Start = start,
            End = times.Optional("end_ns")?.Since(start),
            DnsTime = drawn.SpanOf(times, "dns"),
            TcpTime = drawn.SpanOf(times, "tcp"),
            HandshakeTime = handshake,
            HandshakePhase = handshake is null ? null : drawn.PhaseOf(times["phase"]),
        };
    }

    private static Wait WaitOf(RowValue wait) => new(wait["after_frame"].Frame(), wait.Optional("before_frame")?.Frame(), wait["ms"].Milliseconds(), wait["by"].Text() switch
    {
        "client" => WaitFor.Client,
        "server" => WaitFor.Server,
        "resolver" => WaitFor.Resolver,
        _ => throw wait["by"].Wrong("client, server or resolver"),
    });

    private static Outcome OutcomeOf(RowValue outcome, RowDrawing drawn) => new(
        drawn.OutcomeClassOf(outcome["class"].Text()),
        ConfidenceOf(outcome),
        outcome.TextOf("by") switch { "client" => OutcomeActor.Client, "server" => OutcomeActor.Server, "network" => OutcomeActor.Network, _ => OutcomeActor.None },
        outcome.Optional("frame")?.Frame() ?? 0);

    /// <summary>What stands in the row, with what stands in its drawing at the same place.</summary>
    private List<T> Paired<T>(string name, RowValue drawing, RowDrawing drawn, Func<RowValue, RowValue, RowDrawing, T> read)
    {
        var (written, more) = (row.Items(name, row.Limits.StepsPerRow), drawing.Items(name));
        if (written.Count != more.Count) throw new RowException($"drawing.{name} has not as many items as {name}");
        return [.. written.Zip(more, (one, other) => read(one, other, drawn))];
    }

    private static Finding FindingOf(RowValue finding, RowValue more, RowDrawing drawn) => new(
        finding["code"].Code(),
        finding["severity"].Text() switch { "error" => Severity.Error, "warning" => Severity.Warning, "info" => Severity.Info, _ => throw finding["severity"].Wrong("error, warning or info") },
        ConfidenceOf(finding),
        finding["title"].Text(),
        finding["cause"].Text(),
        finding["fix"].Text(),
        finding.Texts("aliases"),
        FramesOf(finding),
        finding.TextOf("spec"))
    {
        At = drawn.StepOf(more),
        ExcusesEnd = more.Flag("excuses_end"),
        FollowsFrom = finding.Optional("follows_from")?.Code(),
    };

    private static Visit VisitOf(RowValue visit) => new(
        visit["id"].Frame(),
        visit["lane"].Text() is "quic" or "tcp" ? visit["lane"].Text() : throw visit["lane"].Wrong("quic or tcp"),
        Visit.ReasonNamed(visit["reason"].Text()),
        visit["text"].Text(),
        ConfidenceOf(visit),
        FramesOf(visit),
        new IpEndpoint(visit["other"]["address"].Address(), visit["other"]["port"].Port()),
        visit["other"]["first_frame"].Frame());

    private static Check CheckOf(RowValue check, RowValue more, RowDrawing drawn) => new(check["what"].Text(), check.Optional("passed")?.Truth(), check["text"].Text())
    {
        At = drawn.StepOf(more),
        By = check["by"].Text() == "server" ? Side.Server : Side.Client,
        Signers = more.Texts("signers"),
    };

    private static Confidence ConfidenceOf(RowValue value) => value["confidence"].Text() switch
    {
        "proved" => Confidence.Certain,
        "likely" => Confidence.Likely,
        _ => throw value["confidence"].Wrong("proved or likely"),
    };

    private static List<long> FramesOf(RowValue value) => value.Items("frames").ConvertAll(static frame => frame.Number(0, long.MaxValue));

    private const string Schema = "handshake-to-mermaid/1";
}
