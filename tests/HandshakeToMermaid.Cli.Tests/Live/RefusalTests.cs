using System.Text.Json;

namespace HandshakeToMermaid.Cli.Tests.Live;

/// <summary>What cannot be captured is said in a sentence that helps.</summary>
[Collection("live")]
public class RefusalTests
{
    [Fact]
    public void Without_libpcap_the_package_of_each_system_is_named()
    {
        var missing = new Dictionary<string, string> { ["H2M_LIBPCAP"] = "/nonexistent/libpcap.so" };
        foreach (var command in (string[][])[["live"], ["interfaces"], ["record", "--", "true"]])
        {
            using var run = H2m.Start(missing, command);
            Assert.Equal(3, run.WaitForEnd());
            foreach (var package in (string[])["libpcap0.8", "dnf install libpcap", "apk add libpcap", "brew install libpcap", "Npcap"])
            {
                Assert.Contains(package, run.Errors, StringComparison.Ordinal);
            }
        }
    }

    [SkippableFact]
    public void An_unknown_interface_is_answered_with_those_there_are()
    {
        Machine.NeedsCapturing();
        var (code, output, errors) = H2m.Run("live", "-i", "nope0");
        Assert.Equal(3, code);
        Assert.Empty(output);
        Assert.Contains("There is no interface nope0", errors, StringComparison.Ordinal);
        Assert.Contains("lo", errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_filter_with_a_mistake_is_answered_with_libpcaps_own_words()
    {
        Machine.NeedsCapturing();
        var (code, _, errors) = H2m.Run("live", "-i", "lo", "--filter", "tcp prt 443");
        Assert.Equal(2, code);
        Assert.Contains("tcp prt 443", errors, StringComparison.Ordinal);
        Assert.Contains("syntax error", errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Without_permission_the_line_that_gives_it_is_named()
    {
        Machine.NeedsCapturing();
        Machine.Needs("setpriv");
        using var run = H2m.Start(new Dictionary<string, string>(), ["live", "-i", "lo"], "setpriv", "--bounding-set=-net_raw,-net_admin", "--inh-caps=-net_raw,-net_admin");
        Assert.Equal(3, run.WaitForEnd());
        Assert.Contains("sudo setcap cap_net_raw,cap_net_admin=eip", run.Errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Interfaces_are_listed_with_addresses()
    {
        Machine.NeedsCapturing();
        var (code, output, _) = H2m.Run("interfaces", "--json");
        Assert.Equal(0, code);
        var loopback = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).Single(i => i.GetProperty("name").GetString() == "lo");
        Assert.True(loopback.GetProperty("loopback").GetBoolean());
        Assert.True(loopback.GetProperty("up").GetBoolean());
        Assert.Contains("127.0.0.1", loopback.GetProperty("addresses").EnumerateArray().Select(a => a.GetString()));
    }

    [Theory]
    [InlineData("--snaplen", "10")]
    [InlineData("--count", "0")]
    [InlineData("--duration", "soon")]
    [InlineData("--buffer", "0")]
    public void A_value_that_cannot_be_meant_is_wrong_usage(string option, string value)
    {
        var (code, _, errors) = H2m.Run("live", option, value);
        Assert.Equal(2, code);
        Assert.Contains(option, errors, StringComparison.Ordinal);
    }
}
