using System.Buffers.Binary;
using HandshakeToMermaid.Cli.Rights;

namespace HandshakeToMermaid.Cli.Tests.Rights;

/// <summary>The filter's program, run as the kernel runs it.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public class SystemCallFilterTests
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_refuses_what_the_table_says_and_nothing_else(bool runsPrograms)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "system calls are filtered on Linux only");
        foreach (var table in (SystemCallTable[])[SystemCallTable.X64, SystemCallTable.Arm64])
        {
            var program = SystemCallFilter.Program(table, runsPrograms);
            for (uint number = 0; number < 1000; number++)
            {
                var isRefused = table.Refused.Contains(number) || (!runsPrograms && table.Programs.Contains(number));
                Assert.Equal(isRefused ? Refused : Allowed, Run(program, table.Architecture, number));
                Assert.Equal(Refused, Run(program, table.Architecture, number | 0x40000000));
                Assert.Equal(Refused, Run(program, 0x40000003, number));
            }
        }
    }

    /// <summary>The four instructions of classic BPF that it uses.</summary>
    private static uint Run(byte[] program, uint architecture, uint number)
    {
        uint accumulator = 0;
        for (var at = 0; ; at++)
        {
            var instruction = program.AsSpan(8 * at, 8);
            var operand = BinaryPrimitives.ReadUInt32LittleEndian(instruction[4..]);
            switch (BinaryPrimitives.ReadUInt16LittleEndian(instruction))
            {
                case 0x20:
                    accumulator = operand == 0 ? number : architecture;
                    break;
                case 0x15:
                    at += accumulator == operand ? instruction[2] : instruction[3];
                    break;
                case 0x25:
                    at += accumulator > operand ? instruction[2] : instruction[3];
                    break;
                default:
                    return operand;
            }
        }
    }

    private const uint Allowed = 0x7FFF0000;
    private const uint Refused = 0x00050001;
}
