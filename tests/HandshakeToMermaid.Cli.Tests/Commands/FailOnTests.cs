using System.Reflection;

namespace HandshakeToMermaid.Cli.Tests.Commands;

/// <summary><c>--fail-on</c>, <c>--ca-file</c> and <c>--pin</c> as a script meets them: by the exit code.</summary>
public sealed class FailOnTests
{
    public static TheoryData<string> Failing => ["expired-certificate", "missing-intermediate", "no-common-cipher", "nxdomain", "port-closed", "server-silent", "large-client-hello-lost", "tls-to-plain-http-port", "wrong-name-after-handshake"];

    public static TheoryData<string> Good => ["tls12-success", "tls13-success", "http2", "mutual-tls12", "ocsp-staple", "post-quantum-hello", "resumption-tls13", "tls13-0rtt"];

    public static TheoryData<string> Doubtful => ["obsolete-version", "slow-server", "certificate-wrong-order", "dns-retried"];

    [Theory]
    [MemberData(nameof(Failing))]
    public async Task A_failing_capture_exits_1(string sample)
    {
        Assert.Equal(1, await Convert(sample, "--fail-on", "error"));
        Assert.Equal(1, await Convert(sample, "--fail-on", "warning"));
        Assert.Equal(0, await Convert(sample));
    }

    [Theory]
    [MemberData(nameof(Good))]
    public async Task A_good_capture_exits_0(string sample)
    {
        Assert.Equal(0, await Convert(sample, "--fail-on", "error"));
        Assert.Equal(0, await Convert(sample, "--fail-on", "warning"));
    }

    [Theory]
    [MemberData(nameof(Doubtful))]
    public async Task A_warning_fails_only_where_warnings_are_asked_for(string sample)
    {
        Assert.Equal(0, await Convert(sample, "--fail-on", "error"));
        Assert.Equal(1, await Convert(sample, "--fail-on", "warning"));
    }

    [Fact]
    public async Task A_pin_that_does_not_match_is_an_error() =>
        Assert.Equal(1, await Convert("tls12-success", "--pin", "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "--fail-on", "error"));

    [Theory]
    [InlineData("--fail-on", "info")]
    [InlineData("--pin", "sha1/AAAA")]
    [InlineData("--ca-file", "no-such-file.pem")]
    public async Task What_cannot_be_meant_is_wrong_usage(string option, string value) => Assert.Equal(2, await Convert("tls12-success", option, value));

    private static async Task<int> Convert(string sample, params string[] options)
    {
        var folder = Path.Combine(Root, "samples", sample);
        var output = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.mmd");
        try
        {
            return await CommandLine.Run(["convert", Directory.EnumerateFiles(folder, "capture.pcap*").Single(), "-o", output, "--quiet", .. options]);
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static string Root { get; } = typeof(FailOnTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;
}
