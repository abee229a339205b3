using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Recognition;
using static HandshakeToMermaid.Tests.Builders.ScriptedCapture;

namespace HandshakeToMermaid.Tests.Cases;

/// <summary>Connections that had begun before the capture: what was said before is unknown, so nothing is called proved that only it could show.</summary>
public sealed class JoinedMidwayTests
{
    private const string Closed = "C FIN; S FIN; C ACK";

    [Theory]
    [InlineData("170303001000112233445566778899AABBCCDDEEFF", "17030300105566778899AABBCCDDEEFF0011223344")]
    [InlineData("14030300010116030300040A0B0C0D", "170303000455667788")]
    [InlineData("1503030002665F", "170303000455667788")]
    public void Tls_records_are_tls_wherever_a_capture_begins(string client, string server)
    {
        var midway = Read($"C hex:{client}; S hex:{server}; {Closed}");
        Assert.Equal((OutcomeClass.Incomplete, false), (midway.Connection.Outcome.Class, midway.IsFailed));
        Assert.Empty(midway.Findings);
        Assert.Contains(midway.Connection.Steps, s => s.Title == "Application data");
        Assert.Equal(UnparsedReason.JoinedMidway, Assert.Single(midway.Connection.Unparsed).What);
    }

    [Fact]
    public void Bytes_from_inside_a_record_are_no_plain_text()
    {
        var midway = Read($"S 'in the middle of something'; C hex:170303000401020304; S 'and more of it'; {Closed}");
        Assert.Equal(OutcomeClass.Incomplete, midway.Connection.Outcome.Class);
        Assert.Empty(midway.Findings);
        Assert.DoesNotContain(midway.Connection.Steps, s => s is CleartextStep);
        Assert.DoesNotContain(midway.Connection.Unparsed, u => u.What == UnparsedReason.Fault);
    }

    [Theory]
    [InlineData("C 'rows of some database'; S 'one, two, three';")]
    [InlineData("C 'GET /next HTTP/1.1|Host: one.example||'; S 'HTTP/1.1 400 Bad Request|Connection: close||';")]
    [InlineData("S '+OK 2 messages|'; C 'QUIT|'; S '+OK bye|';")]
    [InlineData("C '*1|$4|ping|'; S RST-ACK;")]
    public void Plain_text_proves_nothing_about_what_came_before_it(string script)
    {
        var midway = Read($"{script.Replace("|", "\r\n", StringComparison.Ordinal)} {Closed}");
        Assert.Equal((OutcomeClass.Incomplete, false), (midway.Connection.Outcome.Class, midway.IsFailed));
        Assert.Empty(midway.Findings);
        var title = Headline.Title(midway);
        Assert.StartsWith("Connection with 198.51.100.7:443, incomplete", title, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_behind_lost_hellos_are_tls()
    {
        var left = Read($"{Opened} lost C #200; lost S #900; C hex:170303000401020304; S hex:170303000401020304; {Closed}");
        Assert.False(left.IsFailed);
        Assert.Equal(OutcomeClass.Incomplete, left.Connection.Outcome.Class);
        Assert.Contains(left.Connection.Steps, s => s.Title == "Application data");
        Assert.DoesNotContain(left.Findings, f => f.Severity == Severity.Error);
    }

    [Fact]
    public void What_begins_with_a_data_record_and_lacks_nothing_is_no_tls()
    {
        var whole = Read($"{Opened} C hex:170303000401020304; S hex:170303000401020304; {Closed}");
        Assert.Equal((OutcomeClass.NotTls, Confidence.Certain), (whole.Connection.Outcome.Class, whole.Connection.Outcome.Confidence));
    }

    [Fact]
    public void A_beginning_that_was_lost_leaves_open_what_it_was()
    {
        var left = Read($"{Opened} lost C #200; lost S #900; C 'more'; S 'more'; {Closed}");
        Assert.Equal((OutcomeClass.Incomplete, false), (left.Connection.Outcome.Class, left.IsFailed));
    }

    [Fact]
    public void A_lost_syn_ack_is_no_late_beginning_of_the_capture()
    {
        var left = Read($"C SYN; +20ms; lost S SYN-ACK; C ACK; C 'GET / HTTP/1.1{"\r\n\r\n"}'; S 'HTTP/1.1 200 OK{"\r\n\r\n"}'; {Closed}");
        Assert.Equal(OutcomeClass.NotTls, left.Connection.Outcome.Class);
        Assert.DoesNotContain(left.Connection.Unparsed, u => u.What == UnparsedReason.JoinedMidway);
    }

    private static DiagnosedConnection Read(string script) => Assert.Single(Reading.Of(Of(Lines(script))).Connections);
}
