using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace CognitiveTools.Sandbox.Python;

/// <summary>
/// A seccomp filter (classic BPF, see the kernel's <c>seccomp_filter.rst</c>) against system calls that no program here needs: new
/// namespaces, sockets, memory that outlives its process (System V, message queues), keyrings, io_uring, and looking into other
/// processes. The prelude loads it before the program is read.
/// </summary>
internal static class SyscallFilter
{
    private const int Clone3 = 435, NoSuchCall = 38, NotPermitted = 1;
    private const uint NewNamespaces = 0x7E02_0000; // CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET
    private const uint Allow = 0x7FFF_0000, Errno = 0x0005_0000; // SECCOMP_RET_*
    private const int NumberAt = 0, ArchitectureAt = 4, FirstArgumentAt = 16; // in struct seccomp_data
    private const ushort Load = 0x20, JumpIfEqual = 0x15, JumpIfAtLeast = 0x35, JumpIfAnyBit = 0x45, Return = 0x06;

    // socket, mq_open, shmget, shmat, semget, msgget, ptrace, process_vm_readv and writev, add_key, request_key, keyctl, unshare, setns,
    // mount, perf_event_open, bpf, userfaultfd, io_uring_setup, enter and register
    private static readonly Table X64 = new(0xC000_003E, CloneCall: 56,
        [41, 240, 29, 30, 64, 68, 101, 310, 311, 248, 249, 250, 272, 308, 165, 298, 321, 323, 425, 426, 427]);
    private static readonly Table Arm64 = new(0xC000_00B7, CloneCall: 220,
        [198, 180, 194, 196, 190, 186, 117, 270, 271, 217, 218, 219, 97, 268, 40, 241, 280, 282, 425, 426, 427]);

    /// <summary>The filter of this machine as bytes; empty where there is none: other systems than Linux, other processors.</summary>
    public static byte[] Program { get; } = !OperatingSystem.IsLinux() ? [] : RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => Assemble(X64),
        Architecture.Arm64 => Assemble(Arm64),
        _ => [],
    };

    private static byte[] Assemble(Table table)
    {
        var program = new List<byte>();
        Add(Load, ArchitectureAt);
        Add(JumpIfEqual, table.Architecture, whenTrue: 1);
        Add(Return, Errno | NotPermitted); // another instruction set has other numbers
        Add(Load, NumberAt);
        Add(JumpIfAtLeast, 0x4000_0000, whenFalse: 1); // the x32 numbers of x64
        Add(Return, Errno | NotPermitted);
        foreach (var number in table.Refused)
        {
            Add(JumpIfEqual, number, whenFalse: 1);
            Add(Return, Errno | NotPermitted);
        }

        Add(JumpIfEqual, Clone3, whenFalse: 1); // its flags lie in memory, where no filter can look; libraries then use clone
        Add(Return, Errno | NoSuchCall);
        Add(JumpIfEqual, table.CloneCall, whenTrue: 1);
        Add(Return, Allow);
        Add(Load, FirstArgumentAt);
        Add(JumpIfAnyBit, NewNamespaces, whenFalse: 1);
        Add(Return, Errno | NotPermitted);
        Add(Return, Allow);
        return [.. program];

        // struct sock_filter: code, two relative jumps, operand
        void Add(ushort code, uint operand, byte whenTrue = 0, byte whenFalse = 0)
        {
            Span<byte> instruction = stackalloc byte[8];
            BinaryPrimitives.WriteUInt16LittleEndian(instruction, code);
            (instruction[2], instruction[3]) = (whenTrue, whenFalse);
            BinaryPrimitives.WriteUInt32LittleEndian(instruction[4..], operand);
            program.AddRange(instruction);
        }
    }

    private sealed record Table(uint Architecture, uint CloneCall, uint[] Refused);
}
